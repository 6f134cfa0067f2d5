package io.freehold.core.stream;

import io.freehold.api.Subscription;
import io.freehold.api.provider.LogLine;
import io.freehold.api.provider.LogListener;
import io.freehold.core.util.Workers;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A log that somebody follows: it ends once, for whichever reason comes first. */
final class FollowedLog implements LogListener, Subscription {
    private final LogListener listener;
    private final Workers workers;
    private final AtomicBoolean over = new AtomicBoolean();
    private @Nullable Subscription source;
    private @Nullable Subscription kept;

    FollowedLog(LogListener listener, Workers workers) {
        this.listener = listener;
        this.workers = workers;
    }

    /** What is closed when this is over; at once if it is already. */
    synchronized void begun(Subscription provider, Subscription keeping) {
        source = provider;
        kept = keeping;
        if (over.get()) {
            closeSource();
        }
    }

    @Override
    public void line(LogLine line) {
        if (!over.get()) {
            listener.line(line);
        }
    }

    @Override
    public void ended() {
        if (over.compareAndSet(false, true)) {
            closeSource();
            listener.ended();
        }
    }

    @Override
    public void close() {
        if (over.compareAndSet(false, true)) {
            closeSource();
        }
    }

    private synchronized void closeSource() {
        if (kept != null) {
            kept.close();
        }
        Subscription closing = source;
        source = null;
        if (closing != null) {
            workers.runAnyhow(closing::close);
        }
    }
}
