package io.freehold.security.rbac;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.project.Project;
import io.freehold.api.project.Quotas;
import io.freehold.api.storage.Sql;
import io.freehold.security.support.Names;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of projects. */
final class ProjectTable {
    private ProjectTable() {}

    /** Every project, in the order of their ids. */
    static List<Project> all(Connection connection) throws SQLException {
        return Sql.all(connection, "SELECT * FROM security_project ORDER BY id", ProjectTable::project);
    }

    static Optional<Project> find(Connection connection, UUID id) throws SQLException {
        return Sql.first(connection, "SELECT * FROM security_project WHERE id = ?", ProjectTable::project, id);
    }

    /**
     * The project in the running transaction.
     *
     * @throws FreeholdException {@code NOT_FOUND}
     */
    static Project get(Connection connection, UUID id) throws SQLException {
        return find(connection, id).orElseThrow(() -> FreeholdException.notFound("project"));
    }

    static boolean exists(Connection connection, UUID id) throws SQLException {
        return Sql.number(connection, "SELECT COUNT(*) FROM security_project WHERE id = ?", id) > 0;
    }

    /** Adds a project; {@code CONFLICT} if the name is taken. */
    static void insert(Connection connection, Project project) throws SQLException {
        requireFreeName(connection, project);
        Quotas quotas = project.quotas();
        Sql.update(
                connection,
                "INSERT INTO security_project (id, name, name_key, description, instances, memory_bytes, cpus,"
                        + " disk_bytes, ports, backups, created_at, version)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                project.id(),
                project.name(),
                Names.key(project.name()),
                project.description(),
                quotas.instances(),
                quotas.memoryBytes(),
                quotas.cpus(),
                quotas.diskBytes(),
                quotas.ports(),
                quotas.backups(),
                project.createdAt(),
                project.version());
    }

    /** Stores everything of a project that can change; {@code CONFLICT} if the name is taken. */
    static void update(Connection connection, Project project) throws SQLException {
        requireFreeName(connection, project);
        Quotas quotas = project.quotas();
        Sql.update(
                connection,
                "UPDATE security_project SET name = ?, name_key = ?, description = ?, instances = ?, memory_bytes = ?,"
                        + " cpus = ?, disk_bytes = ?, ports = ?, backups = ?, version = ? WHERE id = ?",
                project.name(),
                Names.key(project.name()),
                project.description(),
                quotas.instances(),
                quotas.memoryBytes(),
                quotas.cpus(),
                quotas.diskBytes(),
                quotas.ports(),
                quotas.backups(),
                project.version(),
                project.id());
    }

    static void delete(Connection connection, UUID id) throws SQLException {
        Sql.update(connection, "DELETE FROM security_project WHERE id = ?", id);
    }

    private static void requireFreeName(Connection connection, Project project) throws SQLException {
        long taken = Sql.number(
                connection,
                "SELECT COUNT(*) FROM security_project WHERE name_key = ? AND id <> ?",
                Names.key(project.name()),
                project.id());
        if (taken > 0) {
            throw new FreeholdException(ErrorCode.CONFLICT, "NAME_TAKEN", "There is a project with that name already.");
        }
    }

    private static Project project(ResultSet row) throws SQLException {
        String cpus = row.getString("cpus");
        Quotas quotas = new Quotas(
                number(row, "instances"),
                number(row, "memory_bytes"),
                cpus == null ? null : Double.valueOf(cpus),
                number(row, "disk_bytes"),
                number(row, "ports"),
                number(row, "backups"));
        return new Project(
                Sql.uuid(row, "id"),
                row.getString("name"),
                row.getString("description"),
                quotas,
                Sql.instant(row, "created_at"),
                row.getLong("version"));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : (Long) value;
    }
}
