package io.freehold.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes where it is told. */
final class TestClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private volatile Duration passed = Duration.ZERO;

    /** Lets time pass. */
    void pass(Duration time) {
        now = now.plus(time);
        passed = passed.plus(time);
    }

    /** Sets the clock without any time passing. */
    void set(Duration offset) {
        now = now.plus(offset);
    }

    long nanoTime() {
        return passed.toNanos();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
