package io.freehold.security.auth;

import io.freehold.api.security.Principal;
import java.util.UUID;

/**
 * What a verified access token says.
 *
 * @param issuedAt in milliseconds
 * @param expiresAt in milliseconds
 */
record VerifiedToken(Principal principal, UUID sessionId, long issuedAt, long expiresAt) {
    /** How far ahead of the clock a token may have been issued, in milliseconds: clocks are set back at times. */
    static final long MAX_AHEAD = 60_000;

    boolean isAheadOf(long now) {
        return issuedAt > now + MAX_AHEAD;
    }
}
