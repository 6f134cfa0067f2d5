package io.freehold.security.rbac;

import io.freehold.api.security.Permission;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Role;
import io.freehold.api.security.Scope;
import io.freehold.api.storage.Sql;
import io.freehold.security.rbac.CompiledAccess.Grant;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What bindings grant at this moment: by roles that there are, permissions that there are, and what is absent. */
final class Grants {
    private static final String BOUND = "SELECT b.principal, b.role_id, b.scope, r.permissions, r.name, r.version"
            + " FROM security_role_binding b LEFT JOIN security_role r ON r.id = b.role_id";
    private static final String GROUPS_OF =
            "(SELECT 'group:' || m.group_id FROM security_group_member m WHERE m.user_id = ?)";

    private final BuiltInRoles builtIn;

    Grants(BuiltInRoles builtIn) {
        this.builtIn = builtIn;
    }

    /** What a user holds, also by being in groups. */
    List<Grant> ofUser(Connection connection, UUID userId) throws SQLException {
        return flat(Sql.all(
                connection,
                BOUND + " WHERE b.principal = ? OR b.principal IN " + GROUPS_OF,
                this::grant,
                Accounts.principal(userId),
                userId));
    }

    /** What is bound to a principal itself, in no order. */
    Set<Grant> boundTo(Connection connection, Principal principal) throws SQLException {
        return Set.copyOf(flat(Sql.all(connection, BOUND + " WHERE b.principal = ?", this::grant, principal)));
    }

    /** What every user with bindings, or in groups with bindings, holds, by its id. */
    Map<String, List<Grant>> ofUsers(Connection connection) throws SQLException {
        Map<String, List<Grant>> bound = new HashMap<>();
        Sql.all(connection, BOUND, row -> bound.computeIfAbsent(
                        row.getString("principal"), principal -> new ArrayList<>())
                .addAll(grant(row).stream().toList()));
        Map<String, List<Grant>> held = new HashMap<>();
        bound.forEach((principal, grants) -> {
            if (principal.startsWith("user:")) {
                held.put(principal.substring("user:".length()), new ArrayList<>(grants));
            }
        });
        Sql.all(connection, "SELECT group_id, user_id FROM security_group_member", row -> held.computeIfAbsent(
                        row.getString("user_id"), user -> new ArrayList<>())
                .addAll(bound.getOrDefault("group:" + row.getString("group_id"), List.of())));
        return held;
    }

    /** Those of the permissions that there are now: those of a plugin that is not there allow nothing. */
    Set<Permission> present(Set<Permission> permissions) {
        Set<Permission> known = builtIn.permissions();
        return known.containsAll(permissions)
                ? permissions
                : permissions.stream().filter(known::contains).collect(Collectors.toUnmodifiableSet());
    }

    private static List<Grant> flat(List<Optional<Grant>> grants) {
        return grants.stream().flatMap(Optional::stream).toList();
    }

    /** What a binding grants; nothing if its role is none of this version's. */
    private Optional<Grant> grant(ResultSet row) throws SQLException {
        String id = row.getString("role_id");
        String permissions = row.getString("permissions");
        Scope scope = new Scope(row.getString("scope"));
        if (permissions == null) {
            return builtIn.find(id).map(role -> new Grant(role, scope, Set.of()));
        }
        Set<Permission> all = RoleTable.permissions(permissions);
        Set<Permission> present = present(all);
        Set<Permission> absent =
                all.stream().filter(each -> !present.contains(each)).collect(Collectors.toUnmodifiableSet());
        Role role = new Role(id, row.getString("name"), present, false, row.getLong("version"));
        return Optional.of(new Grant(role, scope, absent));
    }
}
