package io.freehold.core.backend;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.provider.ProviderException;
import io.freehold.core.util.Workers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls into one backend, each on a thread of its own and with a time limit, so that one that hangs costs its
 * caller no more than that. What hangs on after its limit still counts: there are never more threads inside one
 * backend than its lanes have places.
 */
final class Calls {
    private static final long PATIENCE_MILLIS = 250;

    private final String backend;
    private final Workers workers;
    private final Map<Lane, Semaphore> places = new EnumMap<>(Lane.class);

    /** What calls are for. Each has places of its own: what fills one keeps nobody out of another. */
    enum Lane {
        /** What callers want to know or have done. */
        CALLERS(16),
        /** What is typed into consoles; it waits for programs that may not read it. */
        TYPING(16),
        /** What keeps the backend connected and its instances known. */
        KEEPER(4);

        private final int places;

        Lane(int places) {
            this.places = places;
        }
    }

    /**
     * @param backend the backend's name, for messages
     */
    Calls(String backend, Workers workers) {
        this.backend = backend;
        this.workers = workers;
        for (Lane lane : Lane.values()) {
            places.put(lane, new Semaphore(lane.places, true));
        }
    }

    /**
     * Calls and waits for the answer.
     *
     * @param late is handed an answer for which nobody waits any more, on another thread
     * @param loader becomes the thread's context class loader, for libraries inside the provider
     * @throws FreeholdException what the provider throws; {@code UNAVAILABLE} if too many calls wait already,
     *     or the waiting thread is interrupted; {@code TIMEOUT}; {@code INTERNAL} for a fault of the provider
     */
    <T> T call(Lane lane, Duration limit, ClassLoader loader, Callable<T> work, Consumer<? super T> late) {
        // Whoever comes second, the answer or the end of patience, has it seen to.
        AtomicReference<@Nullable T> answer = new AtomicReference<>();
        AtomicBoolean abandoned = new AtomicBoolean();
        FutureTask<T> task = new FutureTask<>(() -> {
            T result = work.call();
            answer.set(result);
            if (abandoned.get()) {
                seeTo(answer, late);
            }
            return result;
        });
        begin(lane, task, loader);
        boolean answered = false;
        try {
            T result = task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            answered = true;
            return result;
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new ProviderException(
                    ErrorCode.TIMEOUT,
                    "Backend '" + backend + "' did not answer within " + limit.toMillis() / 1000.0 + " seconds.",
                    e);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } finally {
            if (!answered) {
                abandoned.set(true);
                seeTo(answer, late);
            }
        }
    }

    private <T> void seeTo(AtomicReference<@Nullable T> answer, Consumer<? super T> late) {
        T result = answer.getAndSet(null);
        if (result != null) {
            workers.runAnyhow(() -> late.accept(result));
        }
    }

    private void begin(Lane lane, FutureTask<?> task, ClassLoader loader) {
        Semaphore free = Objects.requireNonNull(places.get(lane));
        try {
            if (!free.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new ProviderException(
                        ErrorCode.UNAVAILABLE,
                        "Backend '" + backend + "' has not answered " + lane.places + " calls yet; try again later.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
        try {
            workers.run(() -> {
                Thread.currentThread().setContextClassLoader(loader);
                try {
                    task.run();
                } finally {
                    Thread.currentThread().setContextClassLoader(null);
                    free.release();
                }
            });
        } catch (RejectedExecutionException e) {
            free.release();
            throw new ProviderException(ErrorCode.UNAVAILABLE, "Too much is going on now; try again later.", e);
        }
    }

    private FreeholdException failure(Throwable cause) {
        return cause instanceof FreeholdException known
                ? known
                : new ProviderException(
                        ErrorCode.INTERNAL,
                        "The provider of backend '" + backend + "' failed in a way it should not; the log says more.",
                        cause);
    }

    private FreeholdException interrupted(InterruptedException cause) {
        return new ProviderException(
                ErrorCode.UNAVAILABLE, "Freehold stopped waiting for backend '" + backend + "'.", cause);
    }
}
