package io.freehold.core.backend;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.provider.ProviderException;
import io.freehold.core.util.Workers;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls into one backend, each on a thread of its own and with a time limit, so that one that hangs costs its
 * caller no more than that. What hangs on after its limit still counts: there are never more than
 * {@value #AT_ONCE} threads inside one backend.
 */
final class Calls {
    static final int AT_ONCE = 16;
    private static final long PATIENCE_MILLIS = 250;

    private final String backend;
    private final Workers workers;
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    /**
     * @param backend the backend's name, for messages
     */
    Calls(String backend, Workers workers) {
        this.backend = backend;
        this.workers = workers;
    }

    /**
     * Calls and waits for the answer.
     *
     * @param loader becomes the thread's context class loader, for libraries inside the provider
     * @throws FreeholdException what the provider throws; {@code UNAVAILABLE} if too many calls wait already,
     *     or the waiting thread is interrupted; {@code TIMEOUT}; {@code INTERNAL} for a fault of the provider
     */
    <T> T call(Duration limit, ClassLoader loader, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        begin(task, loader);
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
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
        }
    }

    private void begin(FutureTask<?> task, ClassLoader loader) {
        try {
            if (!places.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new ProviderException(
                        ErrorCode.UNAVAILABLE,
                        "Backend '" + backend + "' has not answered " + AT_ONCE + " calls yet; try again later.");
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
                    places.release();
                }
            });
        } catch (RejectedExecutionException e) {
            places.release();
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
