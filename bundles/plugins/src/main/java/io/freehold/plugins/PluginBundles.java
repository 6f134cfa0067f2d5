package io.freehold.plugins;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plugins as bundles of the framework. One whose symbolic name is that of a provider that came with Freehold
 * runs in its stead for as long as it runs.
 */
final class PluginBundles {
    private static final Logger LOG = LoggerFactory.getLogger(PluginBundles.class);
    static final String LOCATION = "freehold-plugin:";
    private static final int START_LEVEL = 50;
    private static final long REFRESH_SECONDS = 10;

    private final BundleContext context;
    private final FrameworkWiring framework;
    private final Doctor doctor;
    private final Installed installed;
    private final BundleRunner runner;
    private final OwnBundles own;
    /** Held while plugins are stopped and started on account of another. */
    private final Object refreshing = new Object();

    PluginBundles(BundleContext context, Doctor doctor, Installed installed, BundleRunner runner) {
        this.context = context;
        this.framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        this.doctor = doctor;
        this.installed = installed;
        this.runner = runner;
        this.own = new OwnBundles(context);
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

    /** Whether a plugin runs, or will as soon as it is used. */
    boolean runs(String id) {
        Bundle bundle = find(id);
        return bundle != null && Doctor.runs(bundle);
    }

    /** Whether its activator was given up and has not returned. */
    boolean isBusy(String id) {
        Bundle bundle = find(id);
        return bundle != null && runner.isBusy(bundle);
    }

    /** Does something while no plugin is stopped or started on account of another. */
    void undisturbed(Runnable work) {
        synchronized (refreshing) {
            work.run();
        }
    }

    /** Whether exactly this jar is what is installed under its name. */
    boolean holds(String id, String sha256) {
        return find(id) != null && sha256.equals(installed.hash(id));
    }

    /**
     * Installs a jar, or puts it in the place of the version that is there; it does not run then.
     *
     * @param disturbed is told of each plugin that stood on the one before and does not run any more, and why
     * @throws FreeholdException {@code INVALID} naming {@code jar} if the framework does not take it
     */
    void install(PluginJar jar, BiConsumer<String, String> disturbed) throws IOException {
        Bundle standIn = own.find(jar.id());
        if (standIn != null && !OwnBundles.isProvider(standIn)) {
            throw PluginJar.refused("There is a bundle " + jar.id()
                    + " that belongs to Freehold itself, and only providers of it can be replaced.");
        }
        Bundle before = find(jar.id());
        if (before != null) {
            runner.stop(before);
        }
        // Until it is whole again nobody takes what is there for what it was.
        installed.remove(jar.id());
        try (InputStream in = Files.newInputStream(jar.file())) {
            if (before == null) {
                Bundle bundle = context.installBundle(LOCATION + jar.id(), in);
                bundle.adapt(BundleStartLevel.class).setStartLevel(START_LEVEL);
            } else {
                before.update(in);
            }
            own.checkBringsNothingOfThem(require(jar.id()));
            refresh(disturbed);
        } catch (BundleException e) {
            throw BundleRunner.refused(e);
        }
        Bundle bundle = require(jar.id());
        if (!framework.resolveBundles(List.of(bundle))) {
            throw PluginJar.refused(String.join(" ", doctor.why(bundle)));
        }
        installed.put(jar.id(), jar.sha256());
    }

    /**
     * Starts an installed plugin; a provider of Freehold's own that it stands for makes room.
     *
     * @throws FreeholdException {@code INVALID} naming {@code jar} with the reason why it does not run
     */
    void start(String id) {
        Bundle bundle = require(id);
        makeRoom(id);
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

    /** Has a plugin that somebody else started run in the stead of a provider of Freehold's own that runs, too. */
    void takeOver(String id) {
        Bundle standIn = own.find(id);
        if (standIn != null && Doctor.runs(standIn)) {
            // Of two with one name the first is in use, and goes on being that until both are gone.
            runner.stop(require(id));
            start(id);
        }
    }

    private void makeRoom(String id) {
        Bundle standIn = own.find(id);
        if (standIn != null) {
            runner.stop(standIn);
        }
    }

    /** Starts a provider of Freehold's own that a plugin stood for. */
    void standIn(String id) {
        Bundle standIn = own.find(id);
        if (standIn != null) {
            runner.start(standIn);
        }
    }

    /**
     * Removes a plugin, as {@link #stop} does.
     *
     * @param disturbed is told of each plugin that stood on it and does not run any more, and why
     */
    void remove(String id, BiConsumer<String, String> disturbed) throws IOException {
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
        refresh(disturbed);
        standIn(id);
    }

    /**
     * Lets nobody hold on to the classes of what was replaced or removed. The framework would stop and start who does
     * without any limit of time, so they are stopped before and started after; what one that does not stop holds on to
     * stays for as long as that.
     */
    private void refresh(BiConsumer<String, String> disturbed) {
        synchronized (refreshing) {
            Collection<Bundle> pending = framework.getRemovalPendingBundles();
            List<Bundle> others = framework.getDependencyClosure(pending).stream()
                    .filter(bundle ->
                            bundle.getLocation().startsWith(LOCATION) && (Doctor.runs(bundle) || runner.isBusy(bundle)))
                    .toList();
            Map<Boolean, List<Bundle>> stopped =
                    others.stream().collect(Collectors.partitioningBy(bundle -> stops(bundle, disturbed)));
            List<Bundle> held = stopped.getOrDefault(false, List.of());
            try {
                refresh(pending.stream()
                        .filter(bundle -> Collections.disjoint(framework.getDependencyClosure(List.of(bundle)), held))
                        .toList());
            } finally {
                stopped.getOrDefault(true, List.of()).forEach(bundle -> comesBack(bundle, disturbed));
            }
        }
    }

    private void refresh(Collection<Bundle> pending) {
        if (pending.isEmpty()) {
            // To the framework it would mean all of them.
            return;
        }
        CountDownLatch done = new CountDownLatch(1);
        framework.refreshBundles(pending, event -> done.countDown());
        try {
            if (!done.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
                throw new FreeholdException(ErrorCode.TIMEOUT, "Bundles are still being refreshed.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean stops(Bundle bundle, BiConsumer<String, String> disturbed) {
        try {
            runner.stop(bundle);
            return true;
        } catch (FreeholdException e) {
            LOG.warn("The plugin {} holds on to what was replaced or removed", bundle.getSymbolicName());
            disturbed.accept(bundle.getSymbolicName(), PluginJar.problem(e));
            return false;
        }
    }

    private void comesBack(Bundle bundle, BiConsumer<String, String> disturbed) {
        try {
            runner.start(bundle);
        } catch (FreeholdException e) {
            standIn(bundle.getSymbolicName());
            disturbed.accept(
                    bundle.getSymbolicName(),
                    "A plugin that it needs is gone or another; it is started again when that is back. "
                            + PluginJar.problem(e));
        }
    }

    private Bundle require(String id) {
        Bundle bundle = find(id);
        if (bundle == null) {
            throw FreeholdException.notFound("plugin");
        }
        return bundle;
    }
}
