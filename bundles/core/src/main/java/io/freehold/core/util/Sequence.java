package io.freehold.core.util;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers that grow, across restarts too: it begins at the time in microseconds, which is ahead of where
 * fewer than a million numbers a second can have come before, or at what was stored, if the clock was set back since.
 * They fit into a JavaScript number.
 */
public final class Sequence {
    private final AtomicLong last;

    /**
     * @param stored the highest number that is stored
     */
    public Sequence(Clock clock, long stored) {
        last = new AtomicLong(Math.max(clock.millis() * 1000, stored));
    }

    /** The next number. */
    public long next() {
        return last.incrementAndGet();
    }

    /** The number given out last. */
    public long last() {
        return last.get();
    }
}
