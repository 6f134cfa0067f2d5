package io.freehold.core.event;

import io.freehold.api.Subscription;
import io.freehold.api.event.EventBus;
import io.freehold.api.event.EventListener;
import io.freehold.api.event.EventType;
import io.freehold.api.event.Position;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import io.freehold.core.util.Workers;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The event bus. Publishing appends to a ring and wakes the subscribers; each reads the ring on its own
 * thread at its own speed, so that a slow one slows nobody and costs no memory. One that falls behind by
 * more than the ring holds is told so.
 */
public final class Events implements EventBus {
    private static final int CAPACITY = 8192;

    private final Authorizer authorizer;
    private final Workers workers;
    private final Ring ring;
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();

    public Events(Authorizer authorizer, Workers workers, Clock clock) {
        this.authorizer = authorizer;
        this.workers = workers;
        this.ring = new Ring(clock, CAPACITY);
    }

    /** Tells everybody who may see it of a change that is durable. Does not wait. */
    public void publish(EventType type, long revision, Object body, Audience audience) {
        ring.add(type, revision, body, audience);
        subscribers.forEach(Subscriber::wake);
    }

    @Override
    public Subscription subscribe(Caller caller, EventListener listener) {
        return begin(new Subscriber(caller, listener, authorizer, ring, ring.last(), workers, subscribers::remove));
    }

    @Override
    public Subscription resume(Caller caller, long lastId, EventListener listener) {
        return begin(new Subscriber(caller, listener, authorizer, ring, lastId, workers, subscribers::remove));
    }

    @Override
    public Position position() {
        return ring.position();
    }

    private Subscription begin(Subscriber subscriber) {
        subscribers.add(subscriber);
        subscriber.wake();
        return subscriber;
    }
}
