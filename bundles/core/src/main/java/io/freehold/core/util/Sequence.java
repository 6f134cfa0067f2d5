package io.freehold.core.util;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers that grow, across restarts too: it begins at the time in microseconds, which is ahead of where
 * fewer than a million numbers a second can have come before. They fit into a JavaScript number.
 */
public final class Sequence {
    private final AtomicLong last;

    public Sequence(Clock clock) {
        last = new AtomicLong(clock.millis() * 1000);
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
