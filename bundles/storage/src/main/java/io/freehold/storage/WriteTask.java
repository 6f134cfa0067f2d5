package io.freehold.storage;

import io.freehold.api.storage.Transactions.Work;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One queued write: run by the writer, waited for by its caller. */
final class WriteTask<T extends @Nullable Object> {
    private final Work<T> work;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean abandoned;
    private volatile @Nullable Throwable failure;
    // Written before and read after the latch.
    private @Nullable T result;
    private List<Runnable> actions = List.of();

    WriteTask(Work<T> work) {
        this.work = work;
    }

    /**
     * Runs the work in a savepoint of the group's transaction and keeps what it threw.
     *
     * @throws Scope.DoomedException if the group's transaction is lost
     */
    void run(Connection connection, ThreadLocal<@Nullable Scope> current) {
        if (abandoned) {
            failure = Failures.unavailable(null);
            return;
        }
        Scope scope = new Scope(connection, true);
        current.set(scope);
        try {
            result = scope.runInSavepoint(c -> {
                T value = work.on(c);
                if (abandoned) {
                    // The caller has been told that nothing was written.
                    throw Failures.unavailable(null);
                }
                return value;
            });
            actions = scope.actions();
        } catch (Scope.DoomedException e) {
            throw e;
        } catch (Throwable e) {
            failure = e;
        } finally {
            current.remove();
        }
    }

    /** What to run once the group is durable; empty if the work failed. */
    List<Runnable> actions() {
        return actions;
    }

    void complete() {
        done.countDown();
    }

    /** Ends the task with a failure of the database. */
    void fail(Throwable reason) {
        failure = reason;
        done.countDown();
    }

    /**
     * Waits for the end, through interruptions, because what was begun must be known to have ended.
     *
     * @return the work's result
     * @throws Throwable what the work threw, or {@code UNAVAILABLE} if the time is up
     */
    T await(long limitMillis) throws Throwable {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (!done.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        abandoned = true;
                        throw Failures.unavailable(null);
                    }
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        Throwable thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        return result();
    }

    @SuppressWarnings("NullAway") // null only where T allows it
    private T result() {
        return result;
    }
}
