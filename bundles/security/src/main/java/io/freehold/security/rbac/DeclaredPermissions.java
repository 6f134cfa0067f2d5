package io.freehold.security.rbac;

import io.freehold.api.FreeholdException;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.util.tracker.BundleTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads which permissions bundles bring, from capabilities in the namespace {@code io.freehold.permission}: the
 * attribute {@code permission} is one of the form {@code resource:verb}, and {@code roles} lists the built-in roles
 * that hold it beside the administrator. They are in force from the moment such a bundle is started, before any of
 * its code runs, until it has stopped. No bundle can hand out what is Freehold's own, or another bundle's
 * while that one is there.
 */
public final class DeclaredPermissions extends BundleTracker<List<DeclaredPermission>> {
    private static final Logger LOG = LoggerFactory.getLogger(DeclaredPermissions.class);
    private static final String NAMESPACE = "io.freehold.permission";
    private static final Set<String> OWN =
            Permissions.ALL.stream().map(Permission::resource).collect(Collectors.toUnmodifiableSet());

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final BuiltInRoles roles;
    private final UntilItWorks load;
    private final Declarations<Bundle> declarations = new Declarations<>();
    private volatile boolean closing;

    public DeclaredPermissions(BundleContext context, BuiltInRoles roles, Accounts accounts) {
        super(context, Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING, null);
        this.roles = roles;
        this.load = new UntilItWorks("Taking over the permissions of plugins", accounts::load, RETRY);
    }

    @Override
    public List<DeclaredPermission> addingBundle(Bundle bundle, BundleEvent event) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        List<DeclaredPermission> permissions = revision == null
                ? List.of()
                : revision.getDeclaredCapabilities(NAMESPACE).stream()
                        .map(DeclaredPermissions::read)
                        .flatMap(Optional::stream)
                        .toList();
        if (permissions.isEmpty()) {
            return permissions;
        }
        change(bundle, permissions);
        return permissions;
    }

    @Override
    public void removedBundle(Bundle bundle, BundleEvent event, List<DeclaredPermission> permissions) {
        if (!permissions.isEmpty() && !closing) {
            change(bundle, List.of());
        }
    }

    /** Leaves everything as it is: it goes away as a whole. */
    @Override
    public void close() {
        closing = true;
        super.close();
        load.close();
    }

    private synchronized void change(Bundle bundle, List<DeclaredPermission> permissions) {
        declarations.put(bundle, permissions);
        List<DeclaredPermission> inForce = declarations.inForce();
        permissions.stream()
                .filter(each -> !inForce.contains(each))
                .forEach(each -> LOG.warn(
                        "{} declares {}, which is another bundle's; it is ignored while that one is there",
                        bundle,
                        each.permission()));
        roles.declare(inForce);
        // Rights of a plugin that has gone must go, even where nothing can be written at the moment.
        load.run();
    }

    private static Optional<DeclaredPermission> read(BundleCapability capability) {
        String text = String.valueOf(capability.getAttributes().get("permission"));
        try {
            Permission permission = Permission.of(text);
            if (!OWN.contains(permission.resource())) {
                return Optional.of(new DeclaredPermission(
                        permission,
                        texts(capability.getAttributes().get("roles")).collect(Collectors.toUnmodifiableSet())));
            }
        } catch (FreeholdException e) {
            LOG.debug("Not a permission: {}", text, e);
        }
        LOG.warn(
                "{} declares {}, which is not of the form resource:verb or is Freehold's own; it is ignored",
                capability.getRevision().getSymbolicName(),
                text);
        return Optional.empty();
    }

    private static Stream<String> texts(@Nullable Object attribute) {
        return attribute instanceof Collection<?> several
                ? several.stream().map(String::valueOf)
                : Stream.ofNullable(attribute).map(String::valueOf);
    }
}
