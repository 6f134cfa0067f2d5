package io.freehold.core.operation;

import io.freehold.api.FreeholdException;
import io.freehold.core.util.Platform;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets operations that ended long ago, in the background and a few at a time, so that their table does not
 * grow for ever: after 30 days, and of more than 10,000 those that ended more than a day ago. Idempotency
 * keys are forgotten after a day.
 */
final class History {
    /** How long a repeated request is recognised by its key. */
    static final Duration KEYS_KEPT = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int MANY = 10_000;
    private static final int BATCH = 500;

    private final OperationStore store;
    private final Platform platform;

    History(OperationStore store, Platform platform) {
        this.store = store;
        this.platform = platform;
    }

    /** Looks now and then, for as long as Freehold runs; the first time when it has had time to start. */
    void begin() {
        var unused = platform.workers().after(platform.timings().housekeeping(), this::look);
    }

    private void look() {
        try {
            Instant now = platform.clock().instant();
            Instant keysBefore = now.minus(KEYS_KEPT);
            while (platform.transactions().write(connection -> store.forgetKeys(connection, keysBefore, BATCH)) == BATCH
                    && !platform.workers().isClosed()) {
                // until few are left
            }
            Instant endedBefore = endedBefore(now);
            while (platform.transactions().write(connection -> store.forgetEnded(connection, endedBefore, BATCH))
                            == BATCH
                    && !platform.workers().isClosed()) {
                // until few are left
            }
        } catch (FreeholdException e) {
            LOG.warn("Operations that ended long ago could not be forgotten, which is tried again: {}", e.getMessage());
        } finally {
            begin();
        }
    }

    /** The younger of two moments: 30 days ago, and when the 10,000th newest ended if that was not within a day. */
    private Instant endedBefore(Instant now) {
        Instant old = now.minus(KEPT);
        Instant crowded = platform.transactions()
                .read(connection -> store.endOf(connection, MANY))
                .orElse(old);
        Instant young = now.minus(KEYS_KEPT);
        Instant surplus = crowded.isBefore(young) ? crowded : young;
        return surplus.isAfter(old) ? surplus : old;
    }
}
