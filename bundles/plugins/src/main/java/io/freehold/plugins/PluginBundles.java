package io.freehold.plugins;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.provider.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plugins as bundles of the framework. One whose symbolic name is that of a provider that came with Freehold
 * runs in its stead for as long as it runs.
 */
final class PluginBundles {
    private static final Logger LOG = LoggerFactory.getLogger(PluginBundles.class);
    private static final String LOCATION = "freehold-plugin:";
    private static final int START_LEVEL = 50;
    private static final long REFRESH_SECONDS = 10;

    private final BundleContext context;
    private final FrameworkWiring framework;
    private final Doctor doctor;
    private final Installed installed;
    private final BundleRunner runner;

    PluginBundles(BundleContext context, Doctor doctor, Installed installed, BundleRunner runner) {
        this.context = context;
        this.framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        this.doctor = doctor;
        this.installed = installed;
        this.runner = runner;
    }

    /** The bundle of a plugin; null if there is none. */
    @Nullable
    Bundle find(String id) {
        return context.getBundle(LOCATION + id);
    }

    /** Every plugin that the framework holds, whether its installation was brought to its end or not. */
    List<String> ids() {
        return Arrays.stream(context.getBundles())
                .map(Bundle::getLocation)
                .filter(location -> location.startsWith(LOCATION))
                .map(location -> location.substring(LOCATION.length()))
                .toList();
    }

    /** Whether exactly this jar is what is installed under its name. */
    boolean holds(String id, String sha256) {
        return find(id) != null && sha256.equals(installed.hash(id));
    }

    /**
     * Installs a jar, or puts it in the place of the version that is there; it does not run then.
     *
     * @return the plugins that stood on the one before and do not run any more
     * @throws FreeholdException {@code INVALID} naming {@code jar} if the framework does not take it
     */
    List<String> install(PluginJar jar) throws IOException {
        Bundle standIn = builtIn(jar.id());
        if (standIn != null && !isProvider(standIn)) {
            throw PluginJar.refused("There is a bundle " + jar.id()
                    + " that belongs to Freehold itself, and only providers of it can be replaced.");
        }
        Bundle before = find(jar.id());
        if (before != null) {
            runner.stop(before);
        }
        // Until it is whole again nobody takes what is there for what it was.
        installed.remove(jar.id());
        List<String> disturbed;
        try (InputStream in = Files.newInputStream(jar.file())) {
            if (before == null) {
                Bundle bundle = context.installBundle(LOCATION + jar.id(), in);
                bundle.adapt(BundleStartLevel.class).setStartLevel(START_LEVEL);
            } else {
                before.update(in);
            }
            checkBrings(require(jar.id()));
            disturbed = refresh();
        } catch (BundleException e) {
            throw BundleRunner.refused(e);
        }
        Bundle bundle = require(jar.id());
        if (!framework.resolveBundles(List.of(bundle))) {
            throw PluginJar.refused(String.join(" ", doctor.why(bundle)));
        }
        installed.put(jar.id(), jar.sha256());
        return disturbed;
    }

    /**
     * Starts an installed plugin; a provider of Freehold's own that it stands for makes room.
     *
     * @throws FreeholdException {@code INVALID} naming {@code jar} with the reason why it does not run
     */
    void start(String id) {
        Bundle bundle = require(id);
        Bundle standIn = builtIn(id);
        if (standIn != null) {
            runner.stop(standIn);
        }
        try {
            runner.start(bundle);
            List<String> failed = doctor.failed(bundle);
            if (!failed.isEmpty()) {
                runner.stop(bundle);
                throw PluginJar.refused(String.join(" ", failed));
            }
        } catch (FreeholdException e) {
            standIn(id);
            throw e;
        }
    }

    /** Stops a plugin; a provider of Freehold's own that it stood for takes its place again. */
    void stop(String id) {
        runner.stop(require(id));
        standIn(id);
    }

    private void standIn(String id) {
        Bundle standIn = builtIn(id);
        if (standIn != null) {
            runner.start(standIn);
        }
    }

    /**
     * Removes a plugin, as {@link #stop} does.
     *
     * @return the plugins that stood on it and do not run any more
     */
    List<String> remove(String id) throws IOException {
        Bundle bundle = find(id);
        if (bundle != null) {
            runner.stop(bundle);
            try {
                bundle.uninstall();
            } catch (BundleException e) {
                throw BundleRunner.refused(e);
            }
        }
        installed.remove(id);
        List<String> disturbed = refresh();
        standIn(id);
        return disturbed;
    }

    /**
     * Lets nobody hold on to the classes of what was replaced or removed. The framework would stop and start who does
     * without any limit of time, so they are stopped before and started after.
     */
    private List<String> refresh() {
        Collection<Bundle> pending = framework.getRemovalPendingBundles();
        if (pending.isEmpty()) {
            return List.of();
        }
        List<Bundle> others = framework.getDependencyClosure(pending).stream()
                .filter(bundle -> bundle.getLocation().startsWith(LOCATION) && bundle.getState() == Bundle.ACTIVE)
                .toList();
        others.forEach(runner::stop);
        CountDownLatch done = new CountDownLatch(1);
        framework.refreshBundles(pending, event -> done.countDown());
        try {
            if (!done.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
                throw new FreeholdException(ErrorCode.TIMEOUT, "Bundles are still being refreshed.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return others.stream()
                .filter(bundle -> !comesBack(bundle))
                .map(Bundle::getSymbolicName)
                .toList();
    }

    private boolean comesBack(Bundle bundle) {
        try {
            runner.start(bundle);
            return true;
        } catch (FreeholdException e) {
            LOG.warn("The plugin {} does not come back: {}", bundle.getSymbolicName(), PluginJar.problem(e));
            return false;
        }
    }

    private Bundle require(String id) {
        Bundle bundle = find(id);
        if (bundle == null) {
            throw FreeholdException.notFound("plugin");
        }
        return bundle;
    }

    /** The bundle of that name that came with Freehold. */
    private @Nullable Bundle builtIn(String id) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> id.equals(bundle.getSymbolicName()))
                .filter(bundle -> !bundle.getLocation().startsWith(LOCATION))
                .findFirst()
                .orElse(null);
    }

    /** At the next start of the framework a bundle of Freehold's might be wired to what a plugin brings, too. */
    private void checkBrings(Bundle plugin) {
        for (String namespace : List.of(BundleRevision.PACKAGE_NAMESPACE, "osgi.extender", "osgi.implementation")) {
            Set<Object> own = Arrays.stream(context.getBundles())
                    .filter(bundle -> !bundle.getLocation().startsWith(LOCATION))
                    .flatMap(bundle -> brought(bundle, namespace))
                    .collect(Collectors.toSet());
            brought(plugin, namespace).filter(own::contains).findFirst().ifPresent(name -> {
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

    private static boolean isProvider(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null
                && revision.getDeclaredCapabilities("osgi.service").stream().anyMatch(service -> String.valueOf(
                                service.getAttributes().get("objectClass"))
                        .contains(Provider.class.getName()));
    }
}
