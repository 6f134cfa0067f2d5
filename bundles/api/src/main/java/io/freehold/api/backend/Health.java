package io.freehold.api.backend;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a backend answers.
 *
 * @param status what it is
 * @param since when it became that
 * @param message why it is not up and what to do; null while it is
 * @param observedAt when its instances were last known to be complete; null if never
 */
public record Health(
        Status status,
        Instant since,
        @Nullable String message,
        @Nullable Instant observedAt) {

    /** What a backend's health can be. */
    public enum Status {
        /** It answers; its instances are up to date. */
        UP,
        /** It is being connected to. */
        CONNECTING,
        /** It does not answer as it should; its instances are stale. */
        DOWN,
        /** Its provider is not installed or does not run. */
        NO_PROVIDER
    }
}
