package io.freehold.api.security;

import io.freehold.api.FreeholdException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Decides what callers may do: nothing, unless a role binding grants it. */
@ProviderType
public interface Authorizer {

    /** What the caller may do at this moment. In memory, a few microseconds at the most; do not keep it. */
    Access access(Caller caller);

    /**
     * Lets the call pass if the caller holds the permission at {@code /}.
     *
     * @param resource what it was about, for the audit log: {@code users}, {@code backends}
     * @throws FreeholdException {@code DENIED}, after the attempt was recorded in the audit log
     */
    void require(Caller caller, Permission permission, String resource);

    /**
     * Lets the call pass if the caller holds the permission at one of the scopes or at {@code /}, whatever else it
     * may see.
     *
     * @param toSee what a caller without the permission must hold to be told that the thing exists
     * @param what the sort of thing, for the message: {@code instance}
     * @param resource the thing, for the audit log: {@code instances/{id}}
     * @throws FreeholdException {@code NOT_FOUND} if it may not see the thing, {@code DENIED} if it may see
     *     it but not do that; after the attempt was recorded in the audit log
     */
    void require(
            Caller caller, Permission permission, Permission toSee, List<Scope> scopes, String what, String resource);
}
