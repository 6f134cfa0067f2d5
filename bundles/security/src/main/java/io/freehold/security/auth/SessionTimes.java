package io.freehold.security.auth;

import java.time.Duration;

/**
 * How long things last.
 *
 * @param idle a session that is not refreshed
 * @param absolute any session
 */
public record SessionTimes(Duration idle, Duration absolute) {
    /** After the first use of a refresh token, further uses are taken for a race. */
    static final Duration RACE = Duration.ofSeconds(10);

    private static final Duration ACCESS = Duration.ofMinutes(15);

    /**
     * An access token; the session is asked about at each use all the same. Whoever refreshes when it ends is never
     * idle for too long.
     */
    Duration access() {
        Duration half = idle.dividedBy(2);
        return half.compareTo(ACCESS) < 0 ? half : ACCESS;
    }
}
