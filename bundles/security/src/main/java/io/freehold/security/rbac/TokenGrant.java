package io.freehold.security.rbac;

import io.freehold.api.security.Permission;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Scope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** What is left of permissions at scopes: what is held somewhere else counts only where both scopes meet. */
    Map<Scope, Set<Permission>> of(Map<Scope, Set<Permission>> held) {
        Map<Scope, Set<Permission>> left = new HashMap<>();
        held.forEach((at, all) -> {
            Set<Permission> some = all.stream().filter(this::allows).collect(Collectors.toSet());
            boolean here = scope.equals(Scope.ROOT);
            if (!some.isEmpty() && (here || at.equals(Scope.ROOT) || at.equals(scope))) {
                left.computeIfAbsent(here ? at : scope, any -> new HashSet<>()).addAll(some);
            }
        });
        return Map.copyOf(left);
    }
}
