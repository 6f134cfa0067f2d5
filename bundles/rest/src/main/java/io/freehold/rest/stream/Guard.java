package io.freehold.rest.stream;

import io.freehold.api.security.Access;
import io.freehold.api.security.Authenticator;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import java.util.function.Predicate;

/**
 * Whether a caller may still have what it opened: its session stands, and it still holds the permission
 * that opening took. The service decided when it was opened; this notices that the decision has changed.
 */
public final class Guard {
    private final Authenticator authenticator;
    private final Authorizer authorizer;
    private final Caller caller;
    private final Predicate<Access> allowed;

    /**
     * @param allowed what the caller must hold; asked often, so it costs next to nothing
     */
    public Guard(Authenticator authenticator, Authorizer authorizer, Caller caller, Predicate<Access> allowed) {
        this.authenticator = authenticator;
        this.authorizer = authorizer;
        this.caller = caller;
        this.allowed = allowed;
    }

    /** Whether it may, now. */
    public boolean holds() {
        return authenticator.isCurrent(caller) && allowed.test(authorizer.access(caller));
    }
}
