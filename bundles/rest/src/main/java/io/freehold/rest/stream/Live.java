package io.freehold.rest.stream;

/** Something that lasts while its client listens: an event stream, a console. */
public interface Live {
    /** Called when somebody's rights may have changed: end it when the caller may no longer have it. Never blocks. */
    void check();

    /**
     * Called about twice a second: keep the connection awake, and end it when the caller may no longer. Never blocks.
     *
     * @param nowMillis a time that only passes: what it begins at means nothing
     */
    void tick(long nowMillis);

    /** Freehold stops: say so and end. */
    void shutDown();
}
