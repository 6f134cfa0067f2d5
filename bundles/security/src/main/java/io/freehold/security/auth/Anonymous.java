package io.freehold.security.auth;

import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Principal;

/** Somebody who has not signed in. */
final class Anonymous {
    private Anonymous() {}

    static Caller from(Origin origin) {
        return new Caller(Principal.ANONYMOUS, "anonymous", null, origin);
    }
}
