package io.freehold.core.stream;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Subscription;
import io.freehold.api.provider.Metrics;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.Sample;
import io.freehold.core.backend.Connection;
import io.freehold.core.util.Timings;
import io.freehold.core.util.Workers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The measurements of one instance: one stream from the provider for all who want them. */
final class Meter {
    private static final Duration FRESH = Duration.ofSeconds(3);

    private final Connection connection;
    private final NativeId id;
    private final Workers workers;
    private final Timings timings;
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final Object opening = new Object();
    private volatile @Nullable Stream stream;
    private long lastUse = System.nanoTime();
    private int uses;
    private boolean closed;

    Meter(Connection connection, NativeId id, Workers workers, Timings timings) {
        this.connection = connection;
        this.id = id;
        this.workers = workers;
        this.timings = timings;
    }

    /** The last measurement, or the next if there is none yet or it is old. */
    Sample now() {
        Stream current = open();
        CompletableFuture<Sample> next = current.next;
        Sample last = current.last;
        if (last != null && System.nanoTime() - current.lastAt < FRESH.toNanos()) {
            return last;
        }
        try {
            return next.get(timings.firstSample().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new FreeholdException(ErrorCode.TIMEOUT, "No measurement came in time; try again.", e);
        } catch (ExecutionException e) {
            throw new FreeholdException(ErrorCode.CONFLICT, "The instance does not run.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FreeholdException(ErrorCode.UNAVAILABLE, "Freehold stopped waiting.", e);
        }
    }

    Subscription follow(Consumer<Sample> listener) {
        Follower follower = new Follower(listener, workers);
        followers.add(follower);
        boolean begun = false;
        try {
            open();
            begun = true;
        } finally {
            if (!begun) {
                followers.remove(follower);
            }
        }
        return () -> {
            follower.close();
            touch();
            followers.remove(follower);
        };
    }

    /** Begins a use of it, which lasts until {@link #leave}; false if it was closed. */
    synchronized boolean enter() {
        if (!closed) {
            uses++;
        }
        return !closed;
    }

    synchronized void leave() {
        uses--;
        touch();
    }

    private synchronized void touch() {
        lastUse = System.nanoTime();
    }

    boolean hasFollowers() {
        return !followers.isEmpty();
    }

    /** Closes it for good if nobody has used it for long enough. */
    boolean closeIfIdle() {
        synchronized (this) {
            if (uses > 0
                    || hasFollowers()
                    || System.nanoTime() - lastUse <= timings.idle().toNanos()) {
                return false;
            }
            closed = true;
        }
        Stream current = stream;
        if (current != null) {
            current.end();
        }
        return true;
    }

    /** Begins to measure unless it does. */
    Stream open() {
        synchronized (opening) {
            Stream current = stream;
            if (current == null) {
                Stream begun = new Stream();
                Subscription kept = connection.keep(begun::end);
                boolean opened = false;
                try {
                    begun.begun(
                            connection.open(
                                    Metrics.class,
                                    timings.firstSample(),
                                    metrics -> metrics.measure(id, begun::sample, begun::end),
                                    Subscription::close),
                            kept);
                    opened = true;
                } finally {
                    if (!opened) {
                        kept.close();
                    }
                }
                if (!begun.over) {
                    stream = begun;
                }
                current = begun;
            }
            return current;
        }
    }

    /** One stream from the provider, until it ends. */
    final class Stream {
        private volatile CompletableFuture<Sample> next = new CompletableFuture<>();
        private volatile @Nullable Sample last;
        private volatile long lastAt;
        private volatile boolean over;
        private @Nullable Subscription source;
        private @Nullable Subscription kept;

        private void sample(Sample sample) {
            if (!over) {
                lastAt = System.nanoTime();
                last = sample;
                CompletableFuture<Sample> awaited = next;
                next = new CompletableFuture<>();
                awaited.complete(sample);
                followers.forEach(follower -> follower.offer(sample));
            }
        }

        private synchronized void begun(Subscription provider, Subscription keeping) {
            source = provider;
            kept = keeping;
            if (over) {
                closeSource();
            }
        }

        private synchronized void end() {
            over = true;
            if (stream == this) {
                stream = null;
            }
            next.completeExceptionally(new IllegalStateException("ended"));
            closeSource();
        }

        private void closeSource() {
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
}
