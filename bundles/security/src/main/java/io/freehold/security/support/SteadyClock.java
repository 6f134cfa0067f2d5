package io.freehold.security.support;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * The system's clock, except that while this process runs it never falls behind the time that has passed:
 * a clock that is set back brings no expired token back to life.
 */
public final class SteadyClock extends Clock {
    private final Clock wall;
    private final LongSupplier nanoTime;
    private final long startMillis;
    private final long startNanos;

    public SteadyClock(Clock wall, LongSupplier nanoTime) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        this.startMillis = wall.millis();
        this.startNanos = nanoTime.getAsLong();
    }

    @Override
    public long millis() {
        return Math.max(wall.millis(), startMillis + (nanoTime.getAsLong() - startNanos) / 1_000_000);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return wall.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SteadyClock(wall.withZone(zone), nanoTime);
    }
}
