package io.freehold.api.security;

import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The first start. Until the first administrator exists, {@code data/setup-token} (mode 0600) holds a
 * token that lets whoever can read it create one.
 */
@ProviderType
public interface SetupService {

    /** Whether there is no administrator yet. */
    boolean required();

    /**
     * Creates the first administrator and removes the token. Of two at once, one wins.
     *
     * @throws FreeholdException {@code DENIED} on a wrong token, {@code CONFLICT} ever after the first
     *     success, {@code INVALID} naming {@code username}, {@code password} or {@code email}
     */
    User complete(Secret setupToken, String username, Secret password, @Nullable String email, Origin origin);
}
