package io.freehold.api.security;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can sign in.
 *
 * @param username unlike every other's, whatever the case
 * @param enabled whether signing in is allowed
 * @param passwordChangeRequired whether a new password must be chosen before anything else
 * @param version for {@code If-Match}; grows with every change
 */
public record User(
        UUID id,
        String username,
        @Nullable String email,
        boolean enabled,
        boolean passwordChangeRequired,
        Instant createdAt,
        @Nullable Instant lastSeenAt,
        long version) {}
