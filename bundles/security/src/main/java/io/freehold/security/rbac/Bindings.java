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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** How many bindings a role has. */
    static long count(Connection connection, String roleId) throws SQLException {
        return Sql.number(connection, "SELECT COUNT(*) FROM security_role_binding WHERE role_id = ?", roleId);
    }

    /** The bindings of a principal at a scope. */
    static Set<RoleBinding> of(Connection connection, Principal principal, Scope scope) throws SQLException {
        return Set.copyOf(Sql.all(
                connection,
                "SELECT * FROM security_role_binding WHERE principal = ? AND scope = ?",
                Bindings::binding,
                principal,
                scope));
    }

    /** Every binding, in no order. */
    static List<RoleBinding> all(Connection connection) throws SQLException {
        return Sql.all(connection, "SELECT * FROM security_role_binding", Bindings::binding);
    }

    /** The bindings at any of the scopes. */
    static List<RoleBinding> at(Connection connection, Set<Scope> scopes) throws SQLException {
        List<RoleBinding> found = new ArrayList<>();
        for (Scope scope : scopes) {
            found.addAll(Sql.all(
                    connection, "SELECT * FROM security_role_binding WHERE scope = ?", Bindings::binding, scope));
        }
        return found;
    }

    static Page<RoleBinding> page(
            Connection connection, @Nullable Principal principal, @Nullable Scope scope, PageRequest page)
            throws SQLException {
        String of = principal == null ? "" : principal.toString();
        String at = scope == null ? "" : scope.path();
        String wanted = " FROM security_role_binding WHERE ? IN ('', principal) AND ? IN ('', scope)";
        List<RoleBinding> found = Sql.all(
                connection,
                "SELECT *" + wanted + " AND id > ? ORDER BY id LIMIT ?",
                Bindings::binding,
                of,
                at,
                Cursors.id(page.cursor()),
                page.limit() + 1);
        long total = Sql.number(connection, "SELECT COUNT(*)" + wanted, of, at);
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
