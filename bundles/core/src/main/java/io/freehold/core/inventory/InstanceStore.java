package io.freehold.core.inventory;

import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.storage.Sql;
import io.freehold.core.util.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code core_instances}: who is who, and what was last known of each. */
public final class InstanceStore {
    private static final String UPSERT = """
            INSERT INTO core_instances (id, backend_id, native_id, project_id, managed, observed)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET observed = excluded.observed""";

    private final Observations observations;

    public InstanceStore(Json json) {
        observations = new Observations(json);
    }

    /** A row. */
    record Stored(UUID backendId, Identity identity, ObservedInstance observed) {}

    /** Every row, oldest id first. */
    List<Stored> load(Connection connection) throws SQLException {
        return Sql.all(
                connection,
                "SELECT * FROM core_instances ORDER BY id",
                row -> new Stored(
                        Sql.uuid(row, "backend_id"),
                        new Identity(
                                Sql.uuid(row, "id"), Sql.uuidOrNull(row, "project_id"), row.getInt("managed") != 0),
                        observations.read(row.getString("observed"))));
    }

    /** Writes entries, new or not. */
    public void save(Connection connection, Collection<Entry> entries) throws SQLException {
        Sql.batch(
                connection,
                UPSERT,
                entries.stream()
                        .map(entry -> Sql.values(
                                entry.id(),
                                entry.instance().backendId(),
                                entry.nativeId().value(),
                                entry.instance().projectId(),
                                entry.instance().managed(),
                                observations.write(entry.observed())))
                        .toList());
    }

    /** Writes that an instance belongs to another project, or to none. */
    public void move(Connection connection, UUID id, @Nullable UUID projectId) throws SQLException {
        Sql.update(connection, "UPDATE core_instances SET project_id = ? WHERE id = ?", projectId, id);
    }

    /** Forgets instances. */
    void delete(Connection connection, Collection<UUID> ids) throws SQLException {
        Sql.batch(
                connection,
                "DELETE FROM core_instances WHERE id = ?",
                ids.stream().map(id -> Sql.values(id)).toList());
    }

    /** Forgets every instance of a backend. */
    public void deleteAll(Connection connection, UUID backendId) throws SQLException {
        Sql.update(connection, "DELETE FROM core_instances WHERE backend_id = ?", backendId);
    }
}
