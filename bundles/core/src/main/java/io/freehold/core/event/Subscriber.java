package io.freehold.core.event;

import io.freehold.api.Subscription;
import io.freehold.api.event.EventListener;
import io.freehold.api.event.Position;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import io.freehold.core.util.Workers;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One follower of the ring: remembers how far it has read, and reads on whenever it is woken. */
final class Subscriber implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
    private static final int BATCH = 256;

    private final Caller caller;
    private final EventListener listener;
    private final Authorizer authorizer;
    private final Ring ring;
    private final Workers workers;
    private final Consumer<Subscriber> onClose;
    private final AtomicInteger wakes = new AtomicInteger();
    private final ReentrantLock delivering = new ReentrantLock();
    private long position;
    private volatile boolean closed;

    Subscriber(
            Caller caller,
            EventListener listener,
            Authorizer authorizer,
            Ring ring,
            long position,
            Workers workers,
            Consumer<Subscriber> onClose) {
        this.caller = caller;
        this.listener = listener;
        this.authorizer = authorizer;
        this.ring = ring;
        this.position = position;
        this.workers = workers;
        this.onClose = onClose;
    }

    /** Says that there may be something to read. */
    void wake() {
        if (!closed && wakes.getAndIncrement() == 0) {
            try {
                workers.run(this::read);
            } catch (RejectedExecutionException e) {
                // Far too many listeners block; this one finds out that it is behind at the next event.
                wakes.set(0);
            }
        }
    }

    private void read() {
        int seen = wakes.get();
        do {
            try {
                readAll();
            } catch (RuntimeException e) {
                LOG.warn("A listener of {} failed and gets no more events", caller.principal(), e);
                close();
                return;
            }
            seen = wakes.addAndGet(-seen);
        } while (seen != 0 && !closed);
    }

    private void readAll() {
        while (!closed) {
            @Nullable List<Ring.Entry> batch = ring.after(position, BATCH);
            if (batch == null) {
                Position now = ring.position();
                position = now.id();
                deliver(() -> listener.onReset(now));
            } else if (batch.isEmpty()) {
                return;
            } else {
                for (Ring.Entry entry : batch) {
                    position = entry.event().id();
                    if (entry.audience().includes(caller, authorizer.access(caller))) {
                        deliver(() -> listener.onEvent(entry.event()));
                    }
                }
            }
        }
    }

    private void deliver(Runnable delivery) {
        delivering.lock();
        try {
            if (!closed) {
                delivery.run();
            }
        } finally {
            delivering.unlock();
        }
    }

    /** Waits for a delivery that is under way, unless it is this thread's own or blocks for a second. */
    @Override
    public void close() {
        closed = true;
        onClose.accept(this);
        try {
            if (delivering.tryLock(1, TimeUnit.SECONDS)) {
                delivering.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
