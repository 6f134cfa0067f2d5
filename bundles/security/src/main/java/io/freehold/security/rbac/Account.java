package io.freehold.security.rbac;

import io.freehold.api.security.Principal;
import java.util.UUID;

/**
 * What must be known of a user for every request. Immutable.
 *
 * @param held what the user's bindings add up to, whether or not it may be used at this moment
 */
public record Account(
        UUID id,
        Principal principal,
        String name,
        boolean enabled,
        boolean passwordChangeRequired,
        CompiledAccess held) {

    /** What the user may do now: nothing while disabled or while a new password must be chosen first. */
    CompiledAccess access() {
        return enabled && !passwordChangeRequired ? held : CompiledAccess.NOTHING;
    }
}
