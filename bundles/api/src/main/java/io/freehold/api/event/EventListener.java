package io.freehold.api.event;

import org.osgi.annotation.versioning.ConsumerType;

/** Receives events, one at a time and in order, on a thread of the bus: hand over, do not wait. */
@ConsumerType
public interface EventListener {

    void onEvent(Event event);

    /**
     * Events were lost for this listener: it was too slow, or asked to resume from too long ago. Read the
     * state anew; the events after this call are complete.
     *
     * @param now where the events after this call begin; its id is the one to resume from
     */
    void onReset(Position now);
}
