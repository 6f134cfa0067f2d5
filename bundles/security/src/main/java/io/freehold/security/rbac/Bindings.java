package io.freehold.security.rbac;

import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.security.Principal;
import io.freehold.api.security.RoleBinding;
import io.freehold.api.security.Scope;
import io.freehold.api.storage.Sql;
import io.freehold.security.support.Cursors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of role bindings. */
public final class Bindings {
    private Bindings() {}

    /** Adds a binding; false, and nothing done, if the principal is bound so already. */
    public static boolean insert(Connection connection, RoleBinding binding) throws SQLException {
        return Sql.update(
                        connection,
                        "INSERT INTO security_role_binding (id, principal, role_id, scope, created_by, created_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        binding.id(),
                        binding.principal(),
                        binding.roleId(),
                        binding.scope(),
                        binding.createdBy(),
                        binding.createdAt())
                == 1;
    }

    /** Removes all bindings of a principal. */
    public static void deleteAll(Connection connection, Principal principal) throws SQLException {
        Sql.update(connection, "DELETE FROM security_role_binding WHERE principal = ?", principal);
    }

    static void delete(Connection connection, UUID id) throws SQLException {
        Sql.update(connection, "DELETE FROM security_role_binding WHERE id = ?", id);
    }

    static Optional<RoleBinding> find(Connection connection, UUID id) throws SQLException {
        return Sql.first(connection, "SELECT * FROM security_role_binding WHERE id = ?", Bindings::binding, id);
    }

    static Page<RoleBinding> page(Connection connection, @Nullable Principal principal, PageRequest page)
            throws SQLException {
        String of = principal == null ? "" : principal.toString();
        List<RoleBinding> found = Sql.all(
                connection,
                "SELECT * FROM security_role_binding WHERE ? IN ('', principal) AND id > ? ORDER BY id LIMIT ?",
                Bindings::binding,
                of,
                Cursors.id(page.cursor()),
                page.limit() + 1);
        long total =
                Sql.number(connection, "SELECT COUNT(*) FROM security_role_binding WHERE ? IN ('', principal)", of);
        return Cursors.page(found, page.limit(), total, binding -> binding.id().toString());
    }

    private static RoleBinding binding(ResultSet row) throws SQLException {
        return new RoleBinding(
                UUID.fromString(row.getString("id")),
                Principal.parse(row.getString("principal")),
                row.getString("role_id"),
                new Scope(row.getString("scope")),
                row.getString("created_by"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
