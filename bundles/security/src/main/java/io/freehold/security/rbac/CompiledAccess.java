package io.freehold.security.rbac;

import io.freehold.api.security.Access;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Role;
import io.freehold.api.security.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What role bindings add up to. Immutable. */
public final class CompiledAccess implements Access {
    /** Nothing at all. */
    public static final CompiledAccess NOTHING = new CompiledAccess(Map.of(), false, false, false, 0);
    /** Everything, whatever permissions there may be: for the owner of the data folder and Freehold itself. */
    static final CompiledAccess EVERYTHING =
            new CompiledAccess(Map.of(Scope.ROOT, Set.copyOf(Permissions.ALL)), true, true, false, 0);

    private final Map<Permission, Set<Scope>> scopes;
    private final Map<Scope, Set<Permission>> byScope;
    private final Set<Permission> everywhere;
    private final boolean unlimited;
    private final boolean administrator;
    private final boolean absent;
    private final long revision;
    private final @Nullable TokenGrant limit;

    private CompiledAccess(CompiledAccess whole, TokenGrant limit) {
        this.scopes = whole.scopes;
        this.byScope = limit.of(whole.byScope);
        this.everywhere = whole.everywhere;
        this.unlimited = whole.unlimited;
        this.administrator = whole.administrator
                && limit.permissions() == null
                && limit.scope().equals(Scope.ROOT);
        this.absent = whole.absent;
        this.revision = whole.revision;
        this.limit = limit;
    }

    private CompiledAccess(
            Map<Scope, Set<Permission>> granted,
            boolean unlimited,
            boolean administrator,
            boolean absent,
            long revision) {
        Map<Permission, Set<Scope>> byPermission = new HashMap<>();
        granted.forEach((scope, permissions) -> permissions.forEach(permission ->
                byPermission.computeIfAbsent(permission, p -> new HashSet<>()).add(scope)));
        byPermission.replaceAll((permission, where) -> Set.copyOf(where));
        this.scopes = Map.copyOf(byPermission);
        Map<Scope, Set<Permission>> at = new HashMap<>();
        granted.forEach((scope, permissions) -> at.put(scope, Set.copyOf(permissions)));
        this.byScope = Map.copyOf(at);
        this.everywhere = byScope.getOrDefault(Scope.ROOT, Set.of());
        this.unlimited = unlimited;
        this.administrator = administrator;
        this.absent = absent;
        this.revision = revision;
        this.limit = null;
    }

    /** As much of it as an API token has. */
    CompiledAccess within(TokenGrant grant) {
        return new CompiledAccess(this, grant);
    }

    /**
     * A role that is held at a scope.
     *
     * @param role with those of its permissions that there are now
     * @param absent the others of its permissions, which no bundle declares at the moment
     */
    public record Grant(Role role, Scope scope, Set<Permission> absent) {
        public Grant {
            absent = Set.copyOf(absent);
        }

        boolean isAdministrator() {
            return role.builtIn() && role.id().equals(Role.ADMINISTRATOR) && scope.equals(Scope.ROOT);
        }
    }

    /** Adds up. */
    static CompiledAccess of(Collection<Grant> grants, long revision) {
        Map<Scope, Set<Permission>> granted = new HashMap<>();
        for (Grant grant : grants) {
            granted.computeIfAbsent(grant.scope(), scope -> new HashSet<>())
                    .addAll(grant.role().permissions());
        }
        return new CompiledAccess(
                granted,
                false,
                grants.stream().anyMatch(Grant::isAdministrator),
                grants.stream().anyMatch(grant -> !grant.absent().isEmpty()),
                revision);
    }

    @Override
    public boolean allows(Permission permission) {
        if (limit != null && !limit.allows(permission, List.of())) {
            return false;
        }
        return unlimited || everywhere.contains(permission);
    }

    @Override
    public boolean allows(Permission permission, List<Scope> wanted) {
        if (limit != null && !limit.allows(permission, wanted)) {
            return false;
        }
        if (unlimited || everywhere.contains(permission)) {
            return true;
        }
        Set<Scope> held = scopes.get(permission);
        if (held == null) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (held.contains(wanted.get(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean allowsSomewhere(Permission permission) {
        boolean granted = limit == null || limit.allows(permission);
        return granted && (unlimited || scopes.containsKey(permission));
    }

    @Override
    public Set<Permission> permissions() {
        return limit == null
                ? everywhere
                : everywhere.stream().filter(this::allows).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Map<Scope, Set<Permission>> byScope() {
        return byScope;
    }

    @Override
    public long revision() {
        return revision;
    }

    /** Whether it allows each of the permissions at the scope. */
    boolean covers(Set<Permission> permissions, Scope scope) {
        List<Scope> at = List.of(scope);
        return permissions.stream().allMatch(permission -> allows(permission, at));
    }

    /**
     * Whether it allows everything that the other one allows, wherever that does. Permissions of a plugin that is away
     * come back with it, and whoever is an administrator alone will hold them all.
     */
    boolean covers(CompiledAccess other) {
        if (unlimited || other.unlimited) {
            return unlimited;
        }
        if (other.absent && !administrator) {
            return false;
        }
        return other.scopes.entrySet().stream()
                .allMatch(held -> held.getValue().stream().allMatch(scope -> allows(held.getKey(), List.of(scope))));
    }
}
