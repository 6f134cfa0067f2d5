package io.freehold.provider.docker.engine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A running time limit; close it when the work is done. */
final class Guard implements AutoCloseable {
    private final Runnable end;
    private @Nullable Future<?> timer;
    private boolean done;
    private boolean expired;

    Guard(Runnable end) {
        this.end = end;
    }

    synchronized void watch(Future<?> running) {
        timer = running;
    }

    void expire() {
        synchronized (this) {
            if (done) {
                return;
            }
            expired = true;
        }
        end.run();
    }

    /** The exception to throw for one that came while the limit ran: if the limit was why, it says so. */
    synchronized IOException explain(Exception cause) {
        if (expired) {
            InterruptedIOException late = new InterruptedIOException("took too long");
            late.initCause(cause);
            return late;
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }

    @Override
    public synchronized void close() {
        done = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
