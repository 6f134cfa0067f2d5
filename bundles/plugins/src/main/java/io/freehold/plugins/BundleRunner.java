package io.freehold.plugins;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * Starts and stops bundles, which runs their own code: on threads of their own with a time limit, so that one that
 * never returns holds up nobody but itself. Thread-safe.
 */
final class BundleRunner {
    private final Doctor doctor;
    private final Duration limit;
    private final Map<Long, Future<?>> busy = new ConcurrentHashMap<>();

    /**
     * @param limit how long starting or stopping may take, in whole seconds
     */
    BundleRunner(Doctor doctor, Duration limit) {
        this.doctor = doctor;
        this.limit = limit;
    }

    /** Starts a bundle; one that runs is fine. */
    void start(Bundle bundle) {
        withinLimit(bundle, "start", () -> {
            bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
            return null;
        });
    }

    /** Stops a bundle; one that does not run is fine. */
    void stop(Bundle bundle) {
        withinLimit(bundle, "stop", () -> {
            bundle.stop(Bundle.STOP_TRANSIENT);
            return null;
        });
    }

    /** Whether its activator was left alone after the limit and has not returned. */
    boolean isBusy(Bundle bundle) {
        Future<?> task = busy.get(bundle.getBundleId());
        return task != null && !task.isDone();
    }

    /** How a piece of a plugin's code ended: whichever comes first. */
    private enum End {
        RETURNED,
        ABANDONED
    }

    /** One piece of a plugin's code. */
    private interface Code {
        @Nullable
        Object run() throws BundleException;
    }

    private void withinLimit(Bundle bundle, String verb, Code code) {
        if (isBusy(bundle)) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT,
                    "PLUGIN_BUSY",
                    "Its activator has not returned, so nothing can be done with it until it does or Freehold is restarted.");
        }
        AtomicReference<@Nullable End> end = new AtomicReference<>();
        FutureTask<@Nullable Object> task = new FutureTask<>(() -> {
            code.run();
            if (!end.compareAndSet(null, End.RETURNED)) {
                // It was refused for being late: it must not run now.
                bundle.stop(Bundle.STOP_TRANSIENT);
            }
            return null;
        });
        busy.put(bundle.getBundleId(), task);
        Thread thread = new Thread(task, "plugin-" + verb + "-" + bundle.getSymbolicName());
        thread.setDaemon(true);
        thread.start();
        try {
            try {
                task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (end.compareAndSet(null, End.ABANDONED)) {
                    throw late(verb);
                }
                task.get();
            }
            busy.remove(bundle.getBundleId());
        } catch (ExecutionException e) {
            busy.remove(bundle.getBundleId());
            throw refused(e.getCause(), bundle);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FreeholdException(ErrorCode.UNAVAILABLE, "Freehold is stopping.");
        }
    }

    private FreeholdException late(String verb) {
        String said = "It did not " + verb + " within " + limit.toSeconds() + " seconds; its activator still runs.";
        return verb.equals("start")
                ? PluginJar.refused(said)
                : new FreeholdException(
                        ErrorCode.CONFLICT,
                        "PLUGIN_BUSY",
                        said + " Try again when it has returned, or restart Freehold.");
    }

    private FreeholdException refused(@Nullable Throwable failure, Bundle bundle) {
        if (bundle.getState() == Bundle.INSTALLED) {
            return PluginJar.refused(String.join(" ", doctor.why(bundle)));
        }
        return refused(failure);
    }

    static FreeholdException refused(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String said =
                cause == null ? "it does not say why" : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return PluginJar.refused("It does not run: " + said.lines().findFirst().orElse(said));
    }
}
