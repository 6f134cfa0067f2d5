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
    private long revision;
    private boolean stillAllowed = true;

    /**
     * @param allowed what the caller must hold; asked again whenever what it holds has changed
     */
    public Guard(Authenticator authenticator, Authorizer authorizer, Caller caller, Predicate<Access> allowed) {
        this.authenticator = authenticator;
        this.authorizer = authorizer;
        this.caller = caller;
        this.allowed = allowed;
        this.revision = authorizer.access(caller).revision();
    }

    /** Asked by one thread. */
    public boolean holds() {
        if (!authenticator.isCurrent(caller)) {
            return false;
        }
        Access access = authorizer.access(caller);
        if (access.revision() != revision) {
            revision = access.revision();
            stillAllowed = allowed.test(access);
        }
        return stillAllowed;
    }
}
