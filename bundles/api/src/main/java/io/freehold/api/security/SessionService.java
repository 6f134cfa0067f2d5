package io.freehold.api.security;

import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Signing in, staying signed in, signing out. */
@ProviderType
public interface SessionService {

    /**
     * A session's tokens.
     *
     * @param expiresIn how long the access token lives from now on
     */
    record Tokens(Secret accessToken, Duration expiresIn, Secret refreshToken, User user) {}

    /**
     * A session as its owner sees it.
     *
     * @param source the address that it was last used from
     * @param current whether the caller asks from it
     */
    record Session(UUID id, String source, Instant createdAt, Instant lastUsedAt, Instant expiresAt, boolean current) {}

    /** A one-time pass to one path. */
    record Ticket(Secret ticket, Instant expiresAt) {}

    /**
     * Signs a user in. Every failure looks and costs the same.
     *
     * @throws FreeholdException {@code UNAUTHENTICATED}; {@code RATE_LIMITED} after too many failures;
     *     {@code UNAVAILABLE} if the attempt cannot be recorded
     */
    default Tokens login(String username, Secret password, Origin origin) {
        return login(username, password, null, origin);
    }

    /**
     * Signs a user in who may have a second factor. With a code every failure looks the same; without one, a right
     * password of a user who needs one is {@code UNAUTHENTICATED} with the reason {@code TOTP_REQUIRED}, and counts
     * as a failure.
     *
     * @param code of the user's authenticator app, or a recovery code; not looked at where none is needed
     * @throws FreeholdException as without a code
     */
    Tokens login(String username, Secret password, @Nullable Secret code, Origin origin);

    /**
     * Exchanges a refresh token for new tokens. A second use within 10 seconds is {@code CONFLICT} with the
     * reason {@code REFRESH_RACED} and changes nothing; a later one revokes the session.
     *
     * @throws FreeholdException {@code UNAUTHENTICATED} if the token is unknown, expired or revoked
     */
    Tokens refresh(Secret refreshToken, Origin origin);

    /** Ends the caller's session. */
    void logout(Caller caller);

    /**
     * The caller as a user.
     *
     * @throws FreeholdException {@code NOT_FOUND} if the caller is not a user
     */
    User me(Caller caller);

    /** The caller's own sessions, the one used last first. */
    List<Session> sessions(Caller caller);

    /**
     * Ends one of the caller's own sessions.
     *
     * @throws FreeholdException {@code NOT_FOUND}
     */
    void end(Caller caller, UUID sessionId);

    /**
     * The sessions of a user, the one used last first.
     *
     * @throws FreeholdException {@code NOT_FOUND}
     */
    List<Session> sessions(Caller caller, UUID userId);

    /**
     * Ends a session of a user, who may do no more than the caller.
     *
     * @throws FreeholdException {@code NOT_FOUND}; {@code DENIED}
     */
    void end(Caller caller, UUID userId, UUID sessionId);

    /**
     * Ends every session of a user, who may do no more than the caller.
     *
     * @throws FreeholdException {@code NOT_FOUND}; {@code DENIED}
     */
    void endAll(Caller caller, UUID userId);

    /**
     * Changes the caller's password and ends its other sessions.
     *
     * @throws FreeholdException {@code INVALID} naming {@code currentPassword} or {@code newPassword}
     */
    void changePassword(Caller caller, Secret currentPassword, Secret newPassword);

    /**
     * Issues a ticket for one path: one use, 30 seconds, bound to the caller. Whether the caller may do
     * anything there is decided when the ticket is used.
     *
     * @throws FreeholdException {@code INVALID} naming {@code path} if no ticket is accepted there
     */
    Ticket ticket(Caller caller, String path);
}
