package io.freehold.core;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.security.Access;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Scope;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Grants callers what a test says: permissions at scopes. */
final class Grants implements Authorizer {
    private final Map<Principal, Map<Scope, Set<Permission>>> granted = new ConcurrentHashMap<>();
    private final AtomicLong revision = new AtomicLong();

    /** Somebody who may do everything. */
    Caller administrator() {
        return somebody("admin", Scope.ROOT, Permissions.ALL.toArray(new Permission[0]));
    }

    /** Somebody new with permissions at a scope. */
    Caller somebody(String name, Scope scope, Permission... permissions) {
        UUID id = UUID.randomUUID();
        Caller caller = new Caller(
                new Principal(Principal.Type.USER, id.toString()), name, id, new Origin("127.0.0.1", "request"));
        grant(caller, scope, permissions);
        return caller;
    }

    void grant(Caller caller, Scope scope, Permission... permissions) {
        granted.computeIfAbsent(caller.principal(), key -> new ConcurrentHashMap<>())
                .computeIfAbsent(scope, key -> ConcurrentHashMap.newKeySet())
                .addAll(List.of(permissions));
        revision.incrementAndGet();
    }

    void revokeAll(Caller caller) {
        granted.remove(caller.principal());
        revision.incrementAndGet();
    }

    @Override
    public Access access(Caller caller) {
        Map<Scope, Set<Permission>> held = granted.getOrDefault(caller.principal(), Map.of());
        long now = revision.get();
        return new Access() {
            @Override
            public boolean allows(Permission permission) {
                return held.getOrDefault(Scope.ROOT, Set.of()).contains(permission);
            }

            @Override
            public boolean allows(Permission permission, List<Scope> scopes) {
                return allows(permission)
                        || scopes.stream().anyMatch(scope -> held.getOrDefault(scope, Set.of())
                                .contains(permission));
            }

            @Override
            public boolean allowsSomewhere(Permission permission) {
                return held.values().stream().anyMatch(set -> set.contains(permission));
            }

            @Override
            public Set<Permission> permissions() {
                return new HashSet<>(held.getOrDefault(Scope.ROOT, Set.of()));
            }

            @Override
            public Map<Scope, Set<Permission>> byScope() {
                return Map.copyOf(held);
            }

            @Override
            public long revision() {
                return now;
            }
        };
    }

    @Override
    public void require(Caller caller, Permission permission, String resource) {
        if (!access(caller).allows(permission)) {
            throw new FreeholdException(ErrorCode.DENIED, "You may not do that.");
        }
    }

    @Override
    public void require(
            Caller caller, Permission permission, Permission toSee, List<Scope> scopes, String what, String resource) {
        Access access = access(caller);
        if (!access.allows(permission, scopes)) {
            throw access.allows(toSee, scopes)
                    ? new FreeholdException(ErrorCode.DENIED, "You may not do that.")
                    : FreeholdException.notFound(what);
        }
    }
}
