package io.freehold.core.stream;

import io.freehold.api.provider.Sample;
import io.freehold.core.util.Workers;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One who follows measurements, on its own thread: a slow one misses some and slows nobody. */
final class Follower {
    private final Consumer<Sample> listener;
    private final Workers workers;
    private final AtomicReference<@Nullable Sample> latest = new AtomicReference<>();
    private final AtomicBoolean delivering = new AtomicBoolean();
    private volatile boolean closed;

    Follower(Consumer<Sample> listener, Workers workers) {
        this.listener = listener;
        this.workers = workers;
    }

    void offer(Sample sample) {
        latest.set(sample);
        wake();
    }

    void close() {
        closed = true;
    }

    private void wake() {
        if (!closed && delivering.compareAndSet(false, true)) {
            try {
                workers.run(this::deliver);
            } catch (RejectedExecutionException e) {
                // Too much is going on: the next measurement tries again.
                delivering.set(false);
            }
        }
    }

    private void deliver() {
        try {
            Sample sample = latest.getAndSet(null);
            if (sample != null && !closed) {
                listener.accept(sample);
            }
        } finally {
            delivering.set(false);
        }
        if (latest.get() != null) {
            wake();
        }
    }
}
