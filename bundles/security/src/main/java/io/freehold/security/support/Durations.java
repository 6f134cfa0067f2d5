package io.freehold.security.support;

import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import java.time.Duration;
import java.util.Optional;

/** Times in this bundle's settings, which are from 10 seconds to ten years long. */
public final class Durations {
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(3650);

    private Durations() {}

    /**
     * The time; empty if the setting is not set.
     *
     * @throws FreeholdException {@code INVALID} naming the setting if it is none, or out of range
     */
    public static Optional<Duration> of(Settings settings, String key) {
        return settings.text(key).map(set -> settings.duration(key, LONGEST, SHORTEST, LONGEST));
    }
}
