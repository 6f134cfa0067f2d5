package io.freehold.provider.testkit;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.provider.OperationContext;
import java.time.Duration;
import java.time.Instant;

/** An operation that a test looks into and cancels. */
public final class FakeContext implements OperationContext {
    private final Recording<String> progress = new Recording<>();
    private final Recording<String> log = new Recording<>();
    private final Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
    private volatile boolean cancelled;

    /** The messages that came with progress. */
    public Recording<String> messages() {
        return progress;
    }

    /** The lines of the operation's log. */
    public Recording<String> lines() {
        return log;
    }

    /** From now on {@link #checkCancelled()} throws. */
    public FakeContext cancel() {
        cancelled = true;
        return this;
    }

    @Override
    public void progress(int percent, String message) {
        progress.add(message);
    }

    @Override
    public void log(String line) {
        log.add(line);
    }

    @Override
    public void checkCancelled() {
        if (cancelled) {
            throw new FreeholdException(ErrorCode.CANCELLED, "The operation was cancelled.");
        }
    }

    @Override
    public Instant deadline() {
        return deadline;
    }
}
