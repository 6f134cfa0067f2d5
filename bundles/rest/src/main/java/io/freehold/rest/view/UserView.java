package io.freehold.rest.view;

import io.freehold.api.security.User;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user as the API shows it. */
@Schema(name = "User", description = "Somebody who can sign in.")
public record UserView(
        UUID id,
        String username,
        @Nullable String email,
        boolean enabled,
        boolean passwordChangeRequired,
        Instant createdAt,
        @Nullable Instant lastSeenAt) {
    public static UserView of(User user) {
        return new UserView(
                user.id(),
                user.username(),
                user.email(),
                user.enabled(),
                user.passwordChangeRequired(),
                user.createdAt(),
                user.lastSeenAt());
    }
}
