package io.freehold.core.event;

import io.freehold.api.security.Access;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import java.util.List;

/** Who may see an event. Costs next to nothing: it is asked for every subscriber. */
@FunctionalInterface
public interface Audience {

    boolean includes(Caller caller, Access access);

    /** Those who hold a permission at one of the scopes. */
    static Audience holding(Permission permission, List<Scope> scopes) {
        return (caller, access) -> access.allows(permission, scopes);
    }

    /** Those who hold a permission everywhere. */
    static Audience holding(Permission permission) {
        return (caller, access) -> access.allows(permission);
    }

    /** Those who may see an operation: who began it, and who may see the instance or operations there. */
    static Audience operation(String createdBy, List<Scope> scopes) {
        return (caller, access) -> access.allows(Permissions.INSTANCE_READ, scopes)
                || access.allows(Permissions.OPERATION_READ, scopes)
                || caller.principal().toString().equals(createdBy);
    }
}
