package io.freehold.api.event;

import java.time.Instant;

/**
 * One change, after it became durable.
 *
 * @param id grows with every event of this Freehold, across restarts
 * @param revision the revision of the thing that changed
 * @param body the whole thing as it then was, of the type that {@link EventType} names
 */
public record Event(long id, Instant time, EventType type, long revision, Object body) {}
