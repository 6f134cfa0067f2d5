package io.freehold.core.backend;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.storage.Sql;
import io.freehold.core.util.Json;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The table {@code core_backends}. */
final class BackendStore {
    private final Json json;

    BackendStore(Json json) {
        this.json = json;
    }

    List<BackendRow> load(Connection connection) throws SQLException {
        return Sql.all(connection, "SELECT * FROM core_backends", this::read);
    }

    /**
     * Adds a row.
     *
     * @throws FreeholdException {@code CONFLICT} if the name is taken
     */
    void insert(Connection connection, BackendRow row) throws SQLException {
        requireFreeName(connection, row);
        Sql.update(
                connection,
                "INSERT INTO core_backends (id, provider, name, config, secrets, created_at, version)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                row.id(),
                row.provider(),
                row.name(),
                json.write(row.config()),
                json.write(row.secrets()),
                row.createdAt(),
                row.version());
    }

    /**
     * Replaces a row by its next version.
     *
     * @throws FreeholdException {@code CONFLICT} if the name is taken; {@code STALE} if the row is not at the
     *     version before
     */
    void update(Connection connection, BackendRow row) throws SQLException {
        requireFreeName(connection, row);
        int changed = Sql.update(
                connection,
                "UPDATE core_backends SET name = ?, config = ?, secrets = ?, version = ? WHERE id = ? AND version = ?",
                row.name(),
                json.write(row.config()),
                json.write(row.secrets()),
                row.version(),
                row.id(),
                row.version() - 1);
        if (changed == 0) {
            throw outOfDate();
        }
    }

    void delete(Connection connection, UUID id) throws SQLException {
        Sql.update(connection, "DELETE FROM core_backends WHERE id = ?", id);
    }

    static FreeholdException outOfDate() {
        return new FreeholdException(ErrorCode.STALE, "The backend has changed since you read it; read it again.");
    }

    static void requireFreeName(Connection connection, BackendRow row) throws SQLException {
        boolean taken = Sql.first(
                        connection,
                        "SELECT id FROM core_backends WHERE name = ? AND id <> ?",
                        found -> found.getString("id"),
                        row.name(),
                        row.id())
                .isPresent();
        if (taken) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT, "NAME_TAKEN", "There is a backend named '" + row.name() + "' already.");
        }
    }

    private BackendRow read(ResultSet row) throws SQLException {
        Map<String, String> secrets = new HashMap<>();
        json.readMap(row.getString("secrets")).forEach((field, cipher) -> secrets.put(field, String.valueOf(cipher)));
        return new BackendRow(
                Sql.uuid(row, "id"),
                row.getString("provider"),
                row.getString("name"),
                json.readMap(row.getString("config")),
                secrets,
                Sql.instant(row, "created_at"),
                row.getLong("version"));
    }
}
