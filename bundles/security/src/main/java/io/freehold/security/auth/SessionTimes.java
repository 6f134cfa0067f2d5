package io.freehold.security.auth;

import java.time.Duration;

/** How long things last. */
final class SessionTimes {
    /** An access token; the session is asked about at each use all the same. */
    static final Duration ACCESS = Duration.ofMinutes(15);
    /** A session that is not refreshed. */
    static final Duration IDLE = Duration.ofDays(7);
    /** Any session. */
    static final Duration ABSOLUTE = Duration.ofDays(30);
    /** After the first use of a refresh token, further uses are taken for a race. */
    static final Duration RACE = Duration.ofSeconds(10);

    private SessionTimes() {}
}
