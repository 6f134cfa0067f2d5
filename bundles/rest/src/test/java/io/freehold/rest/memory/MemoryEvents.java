package io.freehold.rest.memory;

import io.freehold.api.Subscription;
import io.freehold.api.event.Event;
import io.freehold.api.event.EventBus;
import io.freehold.api.event.EventListener;
import io.freehold.api.event.EventType;
import io.freehold.api.event.Position;
import io.freehold.api.security.Caller;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A bus that shows everything to everybody, on the thread that publishes. */
public final class MemoryEvents implements EventBus {
    public final List<EventListener> listeners = new CopyOnWriteArrayList<>();
    public volatile @Nullable Long resumedFrom;
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong newestRevision = new AtomicLong();

    public void publish(EventType type, long revision, Object body) {
        newestRevision.accumulateAndGet(revision, Math::max);
        Event event = new Event(ids.incrementAndGet(), Instant.now(), type, revision, body);
        listeners.forEach(listener -> listener.onEvent(event));
    }

    @Override
    public Position position() {
        return new Position(ids.get(), newestRevision.get());
    }

    @Override
    public Subscription subscribe(Caller caller, EventListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public Subscription resume(Caller caller, long lastId, EventListener listener) {
        resumedFrom = lastId;
        if (lastId < 0 || lastId > ids.get()) {
            listener.onReset(position());
        }
        return subscribe(caller, listener);
    }
}
