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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Plugins as bundles of the framework. One whose symbolic name is that of a provider that came with Freehold
 * takes its place, and gives it back when removed. Starting and stopping run a plugin's own code, on threads of
 * their own with a time limit: one that never returns holds up nobody but itself.
 */
final class PluginBundles {
    private static final String LOCATION = "freehold-plugin:";
    private static final int START_LEVEL = 50;
    private static final long REFRESH_SECONDS = 10;

    private final BundleContext context;
    private final FrameworkWiring framework;
    private final Doctor doctor;
    private final Installed installed;
    private final long limitMillis;
    private final Map<Long, Future<?>> busy = new ConcurrentHashMap<>();

    /**
     * @param limitMillis how long starting or stopping may take
     */
    PluginBundles(BundleContext context, Doctor doctor, Installed installed, long limitMillis) {
        this.context = context;
        this.framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        this.doctor = doctor;
        this.installed = installed;
        this.limitMillis = limitMillis;
    }

    /** The bundle of an installed plugin; null if it is not installed. */
    @Nullable
    Bundle find(String id) {
        if (installed.hash(id) == null) {
            return null;
        }
        Bundle own = context.getBundle(LOCATION + id);
        return own == null ? builtIn(id) : own;
    }

    /** Every plugin that is installed. */
    Collection<String> ids() {
        return installed.ids();
    }

    /** Whether exactly this jar is what is installed under its name. */
    boolean holds(String id, String sha256) {
        return find(id) != null && sha256.equals(installed.hash(id));
    }

    /**
     * Installs a jar, or puts it in the place of the version that is there; it does not run then.
     *
     * @throws FreeholdException {@code INVALID} naming {@code jar} if the framework does not take it
     */
    void install(PluginJar jar) throws IOException {
        Bundle before = find(jar.id());
        Bundle place = before == null ? builtIn(jar.id()) : before;
        try (InputStream in = Files.newInputStream(jar.file())) {
            if (place == null) {
                checkFree(jar.id());
                Bundle bundle = context.installBundle(LOCATION + jar.id(), in);
                bundle.adapt(BundleStartLevel.class).setStartLevel(START_LEVEL);
            } else {
                checkReplaceable(place);
                stop(place);
                place.update(in);
            }
            installed.put(jar.id(), jar.sha256());
        } catch (BundleException e) {
            throw refused(e);
        }
        refresh();
        Bundle bundle = require(jar.id());
        if (!framework.resolveBundles(List.of(bundle))) {
            throw PluginJar.refused(String.join(" ", doctor.why(bundle)));
        }
    }

    /**
     * Starts an installed plugin.
     *
     * @throws FreeholdException {@code INVALID} naming {@code jar} with the reason why it does not run
     */
    void start(String id) {
        Bundle bundle = require(id);
        withinLimit(bundle, "start", () -> {
            bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
            return null;
        });
        List<String> failed = doctor.failed(bundle);
        if (!failed.isEmpty()) {
            stop(bundle);
            throw PluginJar.refused(String.join(" ", failed));
        }
    }

    void stop(String id) {
        stop(require(id));
    }

    private void stop(Bundle bundle) {
        withinLimit(bundle, "stop", () -> {
            bundle.stop(Bundle.STOP_TRANSIENT);
            return null;
        });
    }

    /** Removes a plugin; a provider of Freehold's own that it stood for takes its place again. */
    void remove(String id) throws IOException {
        Bundle bundle = find(id);
        if (bundle != null) {
            stop(bundle);
            try {
                if (bundle.getLocation().startsWith(LOCATION)) {
                    bundle.uninstall();
                } else {
                    bundle.update();
                    bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
                }
            } catch (BundleException e) {
                throw refused(e);
            }
        }
        installed.remove(id);
        refresh();
    }

    /** Lets nobody hold on to the classes of what was replaced or removed. */
    private void refresh() {
        Collection<Bundle> pending = framework.getRemovalPendingBundles();
        if (pending.isEmpty()) {
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

    private Bundle require(String id) {
        Bundle bundle = find(id);
        if (bundle == null) {
            throw FreeholdException.notFound("plugin");
        }
        return bundle;
    }

    private @Nullable Bundle builtIn(String id) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> id.equals(bundle.getSymbolicName()))
                .filter(bundle -> !bundle.getLocation().startsWith(LOCATION))
                .findFirst()
                .orElse(null);
    }

    private static void checkReplaceable(Bundle place) {
        if (place.getLocation().startsWith(LOCATION) || isProvider(place)) {
            return;
        }
        throw PluginJar.refused("There is a bundle " + place.getSymbolicName()
                + " that belongs to Freehold itself, and only providers of it can be replaced.");
    }

    private static void checkFree(String id) {
        if (id.equals(Constants.SYSTEM_BUNDLE_SYMBOLICNAME)) {
            throw PluginJar.refused("Its symbolic name is that of the framework.");
        }
    }

    private static boolean isProvider(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null
                && revision.getDeclaredCapabilities("osgi.service").stream().anyMatch(service -> String.valueOf(
                                service.getAttributes().get("objectClass"))
                        .contains(Provider.class.getName()));
    }

    /** One piece of a plugin's code. */
    private interface Code {
        @Nullable
        Object run() throws BundleException;
    }

    private void withinLimit(Bundle bundle, String verb, Code code) {
        Future<?> before = busy.get(bundle.getBundleId());
        if (before != null && !before.isDone()) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT,
                    "PLUGIN_BUSY",
                    "Its activator never returned, so nothing can be done with it before Freehold is restarted.");
        }
        FutureTask<@Nullable Object> task = new FutureTask<>(code::run);
        busy.put(bundle.getBundleId(), task);
        Thread thread = new Thread(task, "plugin-" + verb + "-" + bundle.getSymbolicName());
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(limitMillis, TimeUnit.MILLISECONDS);
            busy.remove(bundle.getBundleId());
        } catch (TimeoutException e) {
            throw PluginJar.refused(
                    "It did not " + verb + " within " + limitMillis / 1000 + " seconds; its activator still runs.");
        } catch (ExecutionException e) {
            busy.remove(bundle.getBundleId());
            throw refused(e.getCause(), bundle);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FreeholdException(ErrorCode.UNAVAILABLE, "Freehold is stopping.");
        }
    }

    private FreeholdException refused(@Nullable Throwable failure, Bundle bundle) {
        if (bundle.getState() == Bundle.INSTALLED) {
            return PluginJar.refused(String.join(" ", doctor.why(bundle)));
        }
        return refused(failure);
    }

    private static FreeholdException refused(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String said =
                cause == null ? "it does not say why" : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return PluginJar.refused("It does not run: " + said.lines().findFirst().orElse(said));
    }
}
