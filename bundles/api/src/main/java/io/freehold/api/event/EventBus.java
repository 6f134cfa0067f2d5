package io.freehold.api.event;

import io.freehold.api.Subscription;
import io.freehold.api.security.Caller;
import org.osgi.annotation.versioning.ProviderType;

/** Hands every event to whoever may see what it is about. */
@ProviderType
public interface EventBus {

    /**
     * Follows events from now on.
     *
     * @param caller decides what is delivered, by its permissions at the time of each event
     */
    Subscription subscribe(Caller caller, EventListener listener);

    /**
     * Follows events from the one after {@code lastId} on; {@link EventListener#onReset} comes first if
     * that is too long ago, or was never the id of an event.
     */
    Subscription resume(Caller caller, long lastId, EventListener listener);

    /** Where the events are now: resuming from its id misses nothing that happens from now on. */
    Position position();
}
