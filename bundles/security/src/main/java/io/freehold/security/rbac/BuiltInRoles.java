package io.freehold.security.rbac;

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

import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The roles that every installation has. */
final class BuiltInRoles {
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

    /** All of them, the mightiest first. */
    static final List<Role> ALL = List.of(
            role(Role.ADMINISTRATOR, Set.copyOf(Permissions.ALL)),
            role(Role.OPERATOR, union(USE, Set.of(INSTANCE_CREATE, INSTANCE_MANAGE_EXTERNAL, BACKEND_READ))),
            role(Role.USER, union(USE, Set.of(INSTANCE_CREATE, INSTANCE_DELETE))),
            role(Role.AUDITOR, union(Set.of(INSTANCE_OBSERVE), everyRead())),
            role(Role.READONLY, LOOK));

    private BuiltInRoles() {}

    static Optional<Role> find(String id) {
        return ALL.stream().filter(role -> role.id().equals(id)).findFirst();
    }

    private static Role role(String name, Set<Permission> permissions) {
        return new Role(name, name, permissions, true);
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
