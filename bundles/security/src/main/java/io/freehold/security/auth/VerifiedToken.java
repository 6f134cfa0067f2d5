package io.freehold.security.auth;

import io.freehold.api.security.Principal;
import java.util.UUID;

/**
 * What a verified access token says.
 *
 * @param expiresAt in milliseconds
 */
record VerifiedToken(Principal principal, UUID sessionId, long expiresAt) {}
