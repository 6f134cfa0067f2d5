package io.freehold.plugins;

import io.freehold.api.provider.Provider;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;

/** The bundles that came with Freehold: which of them a plugin may stand for, and what only they export. */
final class OwnBundles {
    private final BundleContext context;

    OwnBundles(BundleContext context) {
        this.context = context;
    }

    /** The bundle of that name that came with Freehold. */
    @Nullable
    Bundle find(String id) {
        return all().filter(bundle -> id.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElse(null);
    }

    private Stream<Bundle> all() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> !bundle.getLocation().startsWith(PluginBundles.LOCATION));
    }

    /** At the next start of the framework a bundle of Freehold's might be wired to what a plugin brings, too. */
    void checkBringsNothingOfThem(Bundle plugin) {
        for (String namespace : List.of(BundleRevision.PACKAGE_NAMESPACE, "osgi.extender", "osgi.implementation")) {
            Set<Object> theirs =
                    all().flatMap(bundle -> brought(bundle, namespace)).collect(Collectors.toSet());
            brought(plugin, namespace).filter(theirs::contains).findFirst().ifPresent(name -> {
                throw PluginJar.refused(
                        "It exports " + name + ", which Freehold itself does: embed it without exporting.");
            });
        }
    }

    private static Stream<Object> brought(Bundle bundle, String namespace) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null
                ? Stream.empty()
                : revision.getDeclaredCapabilities(namespace).stream()
                        .map(capability -> capability.getAttributes().get(namespace));
    }

    static boolean isProvider(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null
                && revision.getDeclaredCapabilities("osgi.service").stream().anyMatch(service -> String.valueOf(
                                service.getAttributes().get("objectClass"))
                        .contains(Provider.class.getName()));
    }
}
