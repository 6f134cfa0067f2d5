package io.freehold.core.util;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for work that may block, and one clock that starts work later. Virtual threads where they do not
 * pin their carriers (Java 24 and later, JEP 491: before that two hung calls could hold every carrier of a
 * small machine), else as many platform threads as needed, up to a bound.
 */
public final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final int FIRST_WITHOUT_PINNING = 24;

    private final ExecutorService pool;
    private final ScheduledThreadPoolExecutor timer;

    /**
     * @param name how its threads are named
     * @param limit how many platform threads there are at the most; beyond, work is refused
     */
    public Workers(String name, int limit) {
        pool = Runtime.version().feature() >= FIRST_WITHOUT_PINNING ? virtual(name, limit) : platform(name, limit);
        timer = new ScheduledThreadPoolExecutor(1, named(name + "-timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Runs work on a thread of its own, now.
     *
     * @throws RejectedExecutionException if too much runs already, or after {@link #close()}
     */
    public void run(Runnable work) {
        pool.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                // The end of the line: nobody waits for this work, so its failure is told here.
                LOG.error("Work in the background failed; please report this", e);
            }
        });
    }

    /** Runs work that must be done: on a thread of its own, or here if there is none left. */
    public void runAnyhow(Runnable work) {
        try {
            run(work);
        } catch (RejectedExecutionException e) {
            work.run();
        }
    }

    /** Runs work after a while; never if this is closed before. */
    public Future<?> after(Duration delay, Runnable work) {
        try {
            return timer.schedule(() -> runLater(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void runLater(Runnable work) {
        try {
            run(work);
        } catch (RejectedExecutionException e) {
            if (!pool.isShutdown()) {
                LOG.warn("Too much is going on; trying again in a second");
                var unused = after(Duration.ofSeconds(1), work);
            }
        }
    }

    /** Whether it was closed. */
    public boolean isClosed() {
        return pool.isShutdown();
    }

    /** Interrupts what runs and forgets what waits; gives it a second to end. */
    @Override
    public void close() {
        timer.shutdownNow();
        pool.shutdownNow();
        try {
            if (!pool.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.info("Some calls to backends still hang; they are abandoned");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ExecutorService platform(String name, int limit) {
        return new ThreadPoolExecutor(0, limit, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), named(name));
    }

    private static ExecutorService virtual(String name, int limit) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object named = type.getMethod("name", String.class, long.class).invoke(builder, name + "-", 0L);
            Method perTask = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
            return (ExecutorService)
                    perTask.invoke(null, type.getMethod("factory").invoke(named));
        } catch (ReflectiveOperationException e) {
            LOG.info("No virtual threads here; platform threads do as well: {}", e.toString());
            return platform(name, limit);
        }
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }
}
