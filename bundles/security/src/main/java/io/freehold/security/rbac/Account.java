package io.freehold.security.rbac;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.security.Principal;
import io.freehold.api.security.User;
import java.util.Optional;

/**
 * What must be known of a user for every request. Immutable.
 *
 * @param held what the user's bindings add up to, whether or not it may be used at this moment
 * @param secondFactor whether one is confirmed
 * @param secondFactorRequired whether one of the user's roles takes one
 */
public record Account(
        User user, Principal principal, CompiledAccess held, boolean secondFactor, boolean secondFactorRequired) {

    public boolean enabled() {
        return user.enabled();
    }

    /** What the user must do before anything else; empty if there is nothing. */
    public Optional<FreeholdException> owed() {
        if (user.passwordChangeRequired()) {
            return Optional.of(new FreeholdException(
                    ErrorCode.DENIED, "PASSWORD_CHANGE_REQUIRED", "Choose a new password before anything else."));
        }
        return secondFactorRequired && !secondFactor
                ? Optional.of(new FreeholdException(
                        ErrorCode.DENIED,
                        "TOTP_ENROLMENT_REQUIRED",
                        "Your role takes a second factor: set up an authenticator app before anything else."))
                : Optional.empty();
    }

    /** What the user may do now: nothing while disabled or while something else must be done first. */
    CompiledAccess access() {
        return enabled() && owed().isEmpty() ? held : CompiledAccess.NOTHING;
    }

    /** The same with what has changed of the user itself. */
    Account with(User changed) {
        return new Account(changed, principal, held, secondFactor, secondFactorRequired);
    }
}
