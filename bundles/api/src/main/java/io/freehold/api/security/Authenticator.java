package io.freehold.api.security;

import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
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
     * Lets pass who has nothing to do before anything else. Whoever serves anything but the caller's own account
     * asks this first.
     *
     * @throws FreeholdException {@code DENIED} with the reason {@code PASSWORD_CHANGE_REQUIRED} or
     *     {@code TOTP_ENROLMENT_REQUIRED}
     */
    void requireReady(Caller caller);

    /**
     * What proves that a write comes from a page that could read our answers, where a browser sends the credential
     * by itself. Bound to the caller's session.
     *
     * @throws FreeholdException {@code DENIED} if the caller has no session
     */
    Secret csrfToken(Caller caller);

    /**
     * The owner of the data folder, for the admin socket alone: the mode of the socket file is the
     * credential.
     */
    Caller owner(Origin origin);
}
