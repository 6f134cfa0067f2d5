package io.freehold.security.rbac;

import io.freehold.api.security.Permission;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Scope;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much of what its owner may do an API token may do.
 *
 * @param permissions null for all of them
 * @param scope where alone
 */
public record TokenGrant(Principal owner, @Nullable Set<Permission> permissions, Scope scope) {
    public TokenGrant {
        permissions = permissions == null ? null : Set.copyOf(permissions);
    }

    /** Whether it has the permission somewhere. */
    boolean allows(Permission permission) {
        return permissions == null || permissions.contains(permission);
    }

    /** Whether it has the permission at one of the scopes. */
    boolean allows(Permission permission, List<Scope> scopes) {
        return allows(permission) && (scope.equals(Scope.ROOT) || scopes.contains(scope));
    }
}
