package io.freehold.provider.docker.engine;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends what takes too long by closing what it waits on. Neither Unix sockets nor a peer that sends a byte
 * now and then would be bounded by a socket's own time-out.
 */
public final class Deadlines implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;

    public Deadlines(String name) {
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Runs {@code end} after the limit, unless the guard is closed before. */
    Guard guard(Runnable end, Duration limit) {
        Guard guard = new Guard(end);
        try {
            guard.watch(timer.schedule(guard::expire, limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            // closed: what would be guarded must not begin any more
            end.run();
        }
        return guard;
    }

    /** Runs the check again and again until it is cancelled. */
    public ScheduledFuture<?> every(Duration period, Runnable check) {
        return timer.scheduleWithFixedDelay(check, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
