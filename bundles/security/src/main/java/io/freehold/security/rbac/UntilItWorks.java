package io.freehold.security.rbac;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does a piece of work at once and, when it fails, again and again on a thread of its own. Thread-safe. */
final class UntilItWorks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UntilItWorks.class);

    private final String what;
    private final Runnable work;
    private final Duration pause;
    private final ScheduledExecutorService thread;

    /**
     * @param what is done, for the log
     * @param work may be done once too often
     */
    UntilItWorks(String what, Runnable work, Duration pause) {
        this.what = what;
        this.work = work;
        this.pause = pause;
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "freehold-until-it-works");
            made.setDaemon(true);
            return made;
        });
    }

    void run() {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("{} failed; it is tried again in {} s", what, pause.toSeconds(), e);
            again();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the thread
    private void again() {
        try {
            thread.schedule(this::run, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is not tried again: Freehold stops", what);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
