package io.freehold.core.operation;

import io.freehold.api.ErrorCode;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.Operation.OperationError;
import io.freehold.api.operation.OperationQuery;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Principal;
import io.freehold.api.storage.Sql;
import io.freehold.core.util.Json;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code core_operations}: the queue, and the history. */
final class OperationStore {
    private static final String UNFINISHED = "('PENDING', 'RUNNING', 'CANCELLING')";

    private final Json json;

    OperationStore(Json json) {
        this.json = json;
    }

    /** What deciding takes whether somebody may see an operation. */
    record Glimpse(
            UUID id, @Nullable UUID instanceId, @Nullable UUID projectId, UUID backendId, String createdBy) {}

    void insert(Connection connection, OperationRow row) throws SQLException {
        Operation operation = row.operation();
        Sql.update(
                connection,
                """
                INSERT INTO core_operations (id, action, backend_id, instance_id, project_id, status, progress, message,
                  arguments, idempotency_key, request_hash, created_by, actor_name, source, request_id,
                  created_at, revision)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                operation.id(),
                operation.action(),
                operation.backendId(),
                operation.instanceId(),
                row.projectId(),
                operation.status(),
                operation.progress(),
                operation.message(),
                json.write(row.arguments()),
                row.idempotencyKey(),
                row.requestHash(),
                operation.createdBy(),
                row.caller().name(),
                row.caller().origin().source(),
                row.caller().origin().requestId(),
                operation.createdAt(),
                operation.revision());
    }

    /** The highest revision that was ever stored; 0 if there is none. */
    static long lastRevision(Connection connection) throws SQLException {
        return Sql.number(connection, "SELECT COALESCE(MAX(revision), 0) FROM core_operations");
    }

    /**
     * Writes what changes in the life of an operation; false if something newer is there. What is to be
     * cancelled stays so until it ends.
     */
    boolean update(Connection connection, Operation operation) throws SQLException {
        OperationError error = operation.error();
        return Sql.update(
                        connection,
                        """
                        UPDATE core_operations SET
                          status = CASE WHEN status = 'CANCELLING' AND ? = 'RUNNING' THEN status ELSE ? END,
                          progress = ?, message = ?, error_code = ?,
                          error_message = ?, started_at = ?, ended_at = ?, revision = ?
                        WHERE id = ? AND revision < ?""",
                        operation.status(),
                        operation.status(),
                        operation.progress(),
                        operation.message(),
                        error == null ? null : error.code(),
                        error == null ? null : error.message(),
                        operation.startedAt(),
                        operation.endedAt(),
                        operation.revision(),
                        operation.id(),
                        operation.revision())
                > 0;
    }

    /** Writes that an operation is to be cancelled; false if it has ended. */
    boolean cancel(Connection connection, UUID id) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE core_operations SET status = ? WHERE id = ? AND status IN " + UNFINISHED,
                        OperationStatus.CANCELLING,
                        id)
                > 0;
    }

    Optional<OperationRow> find(Connection connection, UUID id) throws SQLException {
        return Sql.first(connection, "SELECT * FROM core_operations WHERE id = ?", this::read, id);
    }

    /** The operation that a request with this key began since then. */
    Optional<OperationRow> findByKey(Connection connection, Principal principal, String key, Instant since)
            throws SQLException {
        return Sql.first(
                connection,
                "SELECT * FROM core_operations WHERE created_by = ? AND idempotency_key = ? AND created_at >= ?",
                this::read,
                principal,
                key,
                since);
    }

    /** Takes a key from the operation that a request began with it before then. */
    void forgetKey(Connection connection, Principal principal, String key, Instant before) throws SQLException {
        Sql.update(
                connection,
                "UPDATE core_operations SET idempotency_key = NULL, request_hash = NULL"
                        + " WHERE created_by = ? AND idempotency_key = ? AND created_at < ?",
                principal,
                key,
                before);
    }

    /** Takes the keys from some operations that began before then; says from how many. */
    int forgetKeys(Connection connection, Instant before, int limit) throws SQLException {
        return Sql.update(
                connection,
                "UPDATE core_operations SET idempotency_key = NULL, request_hash = NULL WHERE id IN (SELECT id"
                        + " FROM core_operations WHERE idempotency_key IS NOT NULL AND created_at < ? LIMIT ?)",
                before,
                limit);
    }

    /** Deletes some operations that ended before then; says how many. */
    int forgetEnded(Connection connection, Instant before, int limit) throws SQLException {
        return Sql.update(
                connection,
                "DELETE FROM core_operations WHERE id IN (SELECT id FROM core_operations WHERE ended_at < ?"
                        + " ORDER BY ended_at LIMIT ?)",
                before,
                limit);
    }

    /** When the operation ended that so many ended at or after; empty if there are not so many. */
    Optional<Instant> endOf(Connection connection, int newest) throws SQLException {
        return Sql.first(
                connection,
                "SELECT ended_at FROM core_operations WHERE ended_at IS NOT NULL"
                        + " ORDER BY ended_at DESC LIMIT 1 OFFSET ?",
                row -> Sql.instant(row, "ended_at"),
                newest - 1);
    }

    /** What a crash left, oldest first. */
    List<OperationRow> unfinished(Connection connection) throws SQLException {
        return Sql.all(
                connection, "SELECT * FROM core_operations WHERE status IN " + UNFINISHED + " ORDER BY id", this::read);
    }

    /** Creations since then that did not succeed and whose instance is not known, which may still turn up. */
    List<OperationRow> withoutInstance(Connection connection, Instant since) throws SQLException {
        return Sql.all(
                connection,
                "SELECT * FROM core_operations WHERE action = 'create' AND status IN ('FAILED', 'CANCELLED')"
                        + " AND created_at > ? AND instance_id NOT IN (SELECT id FROM core_instances)",
                this::read,
                since);
    }

    long count(Connection connection, OperationQuery query) throws SQLException {
        Filter filter = new Filter(query);
        return Sql.first(
                        connection,
                        "SELECT COUNT(*) AS n FROM core_operations" + filter.sql,
                        row -> row.getLong("n"),
                        filter.parameters())
                .orElse(0L);
    }

    /** The newest operations that fit, older than the given one. */
    List<OperationRow> page(Connection connection, OperationQuery query, @Nullable UUID before, int limit)
            throws SQLException {
        Filter filter = new Filter(query);
        if (before != null) {
            filter.and("id < ?", before);
        }
        filter.parameters.add(limit);
        return Sql.all(
                connection,
                "SELECT * FROM core_operations" + filter.sql + " ORDER BY id DESC LIMIT ?",
                this::read,
                filter.parameters());
    }

    /** Every operation that fits, newest first, in short. */
    List<Glimpse> glimpses(Connection connection, OperationQuery query) throws SQLException {
        Filter filter = new Filter(query);
        return Sql.all(
                connection,
                "SELECT id, instance_id, project_id, backend_id, created_by FROM core_operations" + filter.sql
                        + " ORDER BY id DESC",
                row -> new Glimpse(
                        Sql.uuid(row, "id"),
                        Sql.uuidOrNull(row, "instance_id"),
                        Sql.uuidOrNull(row, "project_id"),
                        Sql.uuid(row, "backend_id"),
                        row.getString("created_by")),
                filter.parameters());
    }

    private OperationRow read(ResultSet row) throws SQLException {
        String errorCode = row.getString("error_code");
        String principal = row.getString("created_by");
        Operation operation = new Operation(
                Sql.uuid(row, "id"),
                row.getString("action"),
                Sql.uuid(row, "backend_id"),
                Sql.uuidOrNull(row, "instance_id"),
                OperationStatus.valueOf(row.getString("status")),
                row.getInt("progress"),
                row.getString("message"),
                errorCode == null
                        ? null
                        : new OperationError(ErrorCode.valueOf(errorCode), row.getString("error_message")),
                principal,
                Sql.instant(row, "created_at"),
                Sql.instantOrNull(row, "started_at"),
                Sql.instantOrNull(row, "ended_at"),
                row.getLong("revision"));
        return new OperationRow(
                operation,
                new Caller(
                        Principal.parse(principal),
                        row.getString("actor_name"),
                        null,
                        new Origin(row.getString("source"), row.getString("request_id"))),
                Sql.uuidOrNull(row, "project_id"),
                json.readMap(row.getString("arguments")),
                row.getString("idempotency_key"),
                row.getString("request_hash"));
    }

    /** The WHERE of a query. */
    private static final class Filter {
        private final List<Object> parameters = new ArrayList<>();
        private String sql = "";

        Filter(OperationQuery query) {
            if (query.instanceId() != null) {
                and("instance_id = ?", query.instanceId());
            }
            if (query.status() != null) {
                and("status = ?", query.status());
            }
            if (query.action() != null) {
                and("action = ?", query.action());
            }
        }

        void and(String condition, Object parameter) {
            sql += (sql.isEmpty() ? " WHERE " : " AND ") + condition;
            parameters.add(parameter);
        }

        Object[] parameters() {
            return parameters.toArray();
        }
    }
}
