package io.freehold.security.rbac;

import io.freehold.api.security.Principal;
import io.freehold.api.security.User;

/**
 * What must be known of a user for every request. Immutable.
 *
 * @param held what the user's bindings add up to, whether or not it may be used at this moment
 */
public record Account(User user, Principal principal, CompiledAccess held) {

    public boolean enabled() {
        return user.enabled();
    }

    boolean passwordChangeRequired() {
        return user.passwordChangeRequired();
    }

    /** What the user may do now: nothing while disabled or while a new password must be chosen first. */
    CompiledAccess access() {
        return enabled() && !passwordChangeRequired() ? held : CompiledAccess.NOTHING;
    }
}
