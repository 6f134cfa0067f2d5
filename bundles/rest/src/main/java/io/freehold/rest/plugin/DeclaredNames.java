package io.freehold.rest.plugin;

import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;

/** The permissions that somebody can hold: Freehold's own, and those that installed bundles declare. */
final class DeclaredNames {
    private static final String NAMESPACE = "io.freehold.permission";

    private static final Set<String> OWN =
            Permissions.ALL.stream().map(Permission::toString).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> OWN_RESOURCES =
            Permissions.ALL.stream().map(Permission::resource).collect(Collectors.toUnmodifiableSet());

    private DeclaredNames() {}

    /** Whether somebody declares the permission, running or not. What is Freehold's nobody else can declare. */
    static Predicate<Permission> among(BundleContext context) {
        return permission -> OWN.contains(permission.toString())
                || (!OWN_RESOURCES.contains(permission.resource())
                        && Arrays.stream(context.getBundles())
                                .flatMap(DeclaredNames::declared)
                                .anyMatch(permission.toString()::equals));
    }

    private static Stream<String> declared(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null
                ? Stream.empty()
                : revision.getDeclaredCapabilities(NAMESPACE).stream()
                        .map(capability ->
                                String.valueOf(capability.getAttributes().get("permission")));
    }
}
