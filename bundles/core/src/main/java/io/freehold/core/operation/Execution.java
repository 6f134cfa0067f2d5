package io.freehold.core.operation;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.provider.OperationContext;
import io.freehold.core.inventory.Entry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** One run of an operation, as its work and the provider see it. What time it has left no clock that is set changes. */
public final class Execution implements OperationContext {
    private final Live live;
    private final Clock clock;
    private final long limitNanos;
    private final long began = System.nanoTime();

    Execution(Live live, Clock clock, Duration limit) {
        this.live = live;
        this.clock = clock;
        this.limitNanos = limit.toNanos();
    }

    @Override
    public void progress(int percent, String message) {
        live.progress(percent, message);
    }

    /** Shown as what is being done; the progress stays. */
    @Override
    public void log(String line) {
        live.progress(0, line);
    }

    @Override
    public void checkCancelled() {
        if (live.isCancelling()) {
            throw new FreeholdException(ErrorCode.CANCELLED, "It was cancelled on request.");
        }
    }

    /** Goes with the clock when that is set: what is left stays what it is. */
    @Override
    public Instant deadline() {
        return clock.instant().plus(left());
    }

    /** How long it may still take; at least a moment, so that a call with this limit is made and times out. */
    public Duration remaining() {
        Duration left = left();
        return left.isNegative() || left.isZero() ? Duration.ofMillis(1) : left;
    }

    private Duration left() {
        return Duration.ofNanos(limitNanos - (System.nanoTime() - began));
    }

    /** Notes the instance that the operation created. */
    public void created(Entry entry) {
        live.created(entry);
    }
}
