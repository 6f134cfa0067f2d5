package io.freehold.api.security;

import io.freehold.api.FreeholdException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Says who a client is. Everything that listens has it as a mandatory, static reference: where it is not
 * there, nothing is served.
 */
@ProviderType
public interface Authenticator {

    /**
     * Checks a credential.
     *
     * @throws FreeholdException {@code UNAUTHENTICATED} if it is bad, expired, used up or revoked
     */
    Caller authenticate(Credential credential, Origin origin);

    /**
     * Whether the caller's session still stands, for connections that last: ask before each use. Costs
     * nothing.
     */
    boolean isCurrent(Caller caller);

    /**
     * The owner of the data folder, for the admin socket alone: the mode of the socket file is the
     * credential.
     */
    Caller owner(Origin origin);
}
