package io.freehold.security.rbac;

import static io.freehold.api.security.Permissions.ACCESS_REVIEW;
import static io.freehold.api.security.Permissions.BACKEND_READ;
import static io.freehold.api.security.Permissions.INSTANCE_CONSOLE;
import static io.freehold.api.security.Permissions.INSTANCE_CREATE;
import static io.freehold.api.security.Permissions.INSTANCE_DELETE;
import static io.freehold.api.security.Permissions.INSTANCE_KILL;
import static io.freehold.api.security.Permissions.INSTANCE_MANAGE_EXTERNAL;
import static io.freehold.api.security.Permissions.INSTANCE_OBSERVE;
import static io.freehold.api.security.Permissions.INSTANCE_PAUSE;
import static io.freehold.api.security.Permissions.INSTANCE_READ;
import static io.freehold.api.security.Permissions.INSTANCE_RESTART;
import static io.freehold.api.security.Permissions.INSTANCE_RESUME;
import static io.freehold.api.security.Permissions.INSTANCE_START;
import static io.freehold.api.security.Permissions.INSTANCE_STOP;
import static io.freehold.api.security.Permissions.PROJECT_READ;
import static io.freehold.api.security.Permissions.PROJECT_UPDATE;
import static io.freehold.api.security.Permissions.ROLE_BINDING_CREATE;
import static io.freehold.api.security.Permissions.ROLE_BINDING_DELETE;
import static io.freehold.api.security.Permissions.ROLE_BINDING_READ;
import static io.freehold.api.security.Permissions.ROLE_READ;

import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Role;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The roles that every installation has, with what bundles that are there now declare. Thread-safe; reading waits
 * for nothing.
 */
public final class BuiltInRoles {
    private static final Set<Permission> LOOK = Set.of(INSTANCE_READ, INSTANCE_OBSERVE);
    private static final Set<Permission> USE = union(
            LOOK,
            Set.of(
                    INSTANCE_CONSOLE,
                    INSTANCE_START,
                    INSTANCE_STOP,
                    INSTANCE_RESTART,
                    INSTANCE_KILL,
                    INSTANCE_PAUSE,
                    INSTANCE_RESUME));

    /** As they are without any plugin, the mightiest first. */
    private static final List<Role> OWN = List.of(
            role(Role.ADMINISTRATOR, Set.copyOf(Permissions.ALL)),
            role(Role.OPERATOR, union(USE, Set.of(INSTANCE_CREATE, INSTANCE_MANAGE_EXTERNAL, BACKEND_READ))),
            role(
                    Role.PROJECT_OWNER,
                    union(
                            USE,
                            Set.of(
                                    INSTANCE_CREATE,
                                    INSTANCE_DELETE,
                                    PROJECT_READ,
                                    PROJECT_UPDATE,
                                    ROLE_READ,
                                    ROLE_BINDING_READ,
                                    ROLE_BINDING_CREATE,
                                    ROLE_BINDING_DELETE))),
            role(Role.USER, union(USE, Set.of(INSTANCE_CREATE, INSTANCE_DELETE))),
            role(Role.AUDITOR, union(Set.of(INSTANCE_OBSERVE, ACCESS_REVIEW), everyRead())),
            role(Role.READONLY, LOOK));

    private volatile List<Role> roles = OWN;

    /** All of them, the mightiest first. */
    List<Role> all() {
        return roles;
    }

    /** Every permission that there is now. */
    Set<Permission> permissions() {
        return roles.get(0).permissions();
    }

    Optional<Role> find(String id) {
        return roles.stream().filter(role -> role.id().equals(id)).findFirst();
    }

    /** Says which permissions there are beside Freehold's own. */
    public void declare(Collection<DeclaredPermission> declared) {
        roles = OWN.stream().map(role -> with(role, declared)).toList();
    }

    private static Role with(Role role, Collection<DeclaredPermission> declared) {
        Set<Permission> more = declared.stream()
                .filter(each ->
                        role.id().equals(Role.ADMINISTRATOR) || each.roles().contains(role.id()))
                .map(DeclaredPermission::permission)
                .collect(Collectors.toSet());
        return role(role.id(), union(role.permissions(), more));
    }

    private static Role role(String name, Set<Permission> permissions) {
        return new Role(name, name, permissions, true, 1);
    }

    private static Set<Permission> everyRead() {
        return Permissions.ALL.stream()
                .filter(permission -> permission.verb().equals("read"))
                .collect(Collectors.toSet());
    }

    private static Set<Permission> union(Set<Permission> some, Set<Permission> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toCollection(HashSet::new));
    }
}
