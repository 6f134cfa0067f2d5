package io.freehold.security.rbac;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Role;
import io.freehold.api.storage.Sql;
import io.freehold.security.support.Names;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The table of roles that are not built in. */
final class RoleTable {
    private RoleTable() {}

    static List<Role> all(Connection connection) throws SQLException {
        return Sql.all(connection, "SELECT * FROM security_role ORDER BY name_key", RoleTable::role);
    }

    static Optional<Role> find(Connection connection, String id) throws SQLException {
        return Sql.first(connection, "SELECT * FROM security_role WHERE id = ?", RoleTable::role, id);
    }

    /** Adds a role; {@code CONFLICT} if the name is taken. */
    static void insert(Connection connection, Role role) throws SQLException {
        requireFreeName(connection, role);
        Sql.update(
                connection,
                "INSERT INTO security_role (id, name, name_key, permissions, version) VALUES (?, ?, ?, ?, ?)",
                role.id(),
                role.name(),
                Names.key(role.name()),
                text(role.permissions()),
                role.version());
    }

    /** Stores a role; {@code CONFLICT} if the name is taken. */
    static void update(Connection connection, Role role) throws SQLException {
        requireFreeName(connection, role);
        Sql.update(
                connection,
                "UPDATE security_role SET name = ?, name_key = ?, permissions = ?, version = ? WHERE id = ?",
                role.name(),
                Names.key(role.name()),
                text(role.permissions()),
                role.version(),
                role.id());
    }

    static void delete(Connection connection, String id) throws SQLException {
        Sql.update(connection, "DELETE FROM security_role WHERE id = ?", id);
    }

    /** The permissions of a role as they are stored. */
    static Set<Permission> permissions(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(one -> !one.isEmpty())
                .map(Permission::of)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String text(Set<Permission> permissions) {
        return permissions.stream().sorted().map(Permission::toString).collect(Collectors.joining(" "));
    }

    private static void requireFreeName(Connection connection, Role role) throws SQLException {
        long taken = Sql.number(
                connection,
                "SELECT COUNT(*) FROM security_role WHERE name_key = ? AND id <> ?",
                Names.key(role.name()),
                role.id());
        if (taken > 0) {
            throw nameTaken();
        }
    }

    static FreeholdException nameTaken() {
        return new FreeholdException(ErrorCode.CONFLICT, "NAME_TAKEN", "There is a role with that name already.");
    }

    private static Role role(ResultSet row) throws SQLException {
        return new Role(
                row.getString("id"),
                row.getString("name"),
                permissions(row.getString("permissions")),
                false,
                row.getLong("version"));
    }
}
