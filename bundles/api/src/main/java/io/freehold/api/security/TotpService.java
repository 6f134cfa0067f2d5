package io.freehold.api.security;

import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The second factor: codes of an authenticator app (RFC 6238), and recovery codes for who has lost it. Users manage
 * their own; an API token manages none: {@code DENIED}.
 */
@ProviderType
public interface TotpService {

    /**
     * How it stands with the caller.
     *
     * @param enabled whether signing in takes a code
     * @param required whether one of the caller's roles takes a second factor
     * @param recoveryCodes how many are left
     */
    record Status(boolean enabled, boolean required, int recoveryCodes) {}

    /**
     * What the app must know.
     *
     * @param secret in Base32
     * @param uri the same as {@code otpauth://}, for a QR code
     */
    record Enrolment(Secret secret, Secret uri) {}

    /** How it stands with the caller. */
    Status status(Caller caller);

    /**
     * Makes a new secret, which counts once it is confirmed; one that was not confirmed is forgotten.
     *
     * @throws FreeholdException {@code CONFLICT} if there is a confirmed one
     */
    Enrolment enrol(Caller caller);

    /**
     * Confirms the secret by a code that the app makes of it; from now on signing in takes one.
     *
     * @return ten recovery codes, each good once in the place of a code; they cannot be asked for again
     * @throws FreeholdException {@code INVALID} naming {@code code}; {@code CONFLICT} if there is nothing to
     *     confirm; {@code RATE_LIMITED} after too many wrong ones
     */
    List<Secret> confirm(Caller caller, Secret code);

    /**
     * Removes the second factor. A password that is too short to stand alone must be changed next.
     *
     * @param password the caller's, or null if there is a code
     * @param code one of the app or a recovery code, or null if there is a password
     * @throws FreeholdException {@code INVALID} naming the one that is wrong; {@code CONFLICT} if there is no second
     *     factor; {@code RATE_LIMITED} after too many wrong ones
     */
    void remove(Caller caller, @Nullable Secret password, @Nullable Secret code);

    /**
     * Removes another user's second factor, who has lost it, and ends the user's sessions.
     *
     * @throws FreeholdException {@code NOT_FOUND}; {@code DENIED}; {@code CONFLICT} if there is none
     */
    void reset(Caller caller, UUID userId);
}
