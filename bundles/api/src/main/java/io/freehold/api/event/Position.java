package io.freehold.api.event;

/**
 * A point in the order of events.
 *
 * @param id the id of the last event before it
 * @param revision the newest revision that any of the events before it told
 */
public record Position(long id, long revision) {}
