package io.freehold.api.security;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.Secret;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tokens for programs. One may do what its owner may do at that moment, and of that no more than its permissions and
 * its scope say. It never signs in, makes no tokens, and changes neither passwords nor second factors.
 */
@ProviderType
public interface ApiTokenService {

    /**
     * A token, without its secret.
     *
     * @param owner the id of the user in whose place it acts
     * @param permissions null for all that the owner holds
     * @param expiresAt null for never
     * @param lastUsedAt to the minute; null if it was not used
     */
    record ApiToken(
            UUID id,
            UUID owner,
            String name,
            @Nullable Set<Permission> permissions,
            Scope scope,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {}

    /** A token that was just made; its secret cannot be asked for again. */
    record NewToken(ApiToken token, Secret secret) {}

    /**
     * Makes one for the caller.
     *
     * @throws FreeholdException {@code INVALID} naming {@code name}, {@code permissions} or {@code expiresAt};
     *     {@code DENIED} if the caller does not hold the permissions at the scope, or is a token itself;
     *     {@code CONFLICT} if it has too many
     */
    NewToken create(
            Caller caller,
            String name,
            @Nullable Set<Permission> permissions,
            Scope scope,
            @Nullable Instant expiresAt);

    /**
     * The tokens of a user, or everybody's.
     *
     * @param owner a user's id; null for everybody's
     * @throws FreeholdException {@code DENIED} unless they are the caller's own or it may read users
     */
    Page<ApiToken> list(Caller caller, @Nullable UUID owner, PageRequest page);

    /**
     * @throws FreeholdException {@code NOT_FOUND}
     */
    ApiToken apiToken(Caller caller, UUID id);

    /**
     * Revokes one of the caller's own, or of a user who may do no more than the caller; holds at once.
     *
     * @throws FreeholdException {@code NOT_FOUND}; {@code DENIED}
     */
    void revoke(Caller caller, UUID id);
}
