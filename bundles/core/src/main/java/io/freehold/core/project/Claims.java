package io.freehold.core.project;

import io.freehold.api.instance.Resources;
import io.freehold.api.storage.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What instances of projects were promised when they were created: the table {@code core_claims}, and in memory. */
public final class Claims {
    private final Map<UUID, Claim> claims = new ConcurrentHashMap<>();

    /** Brings back those of instances that are there or may come; the others are deleted. */
    public void load(Connection connection) throws SQLException {
        Sql.update(
                connection,
                "DELETE FROM core_claims WHERE instance_id NOT IN (SELECT id FROM core_instances)"
                        + " AND instance_id NOT IN (SELECT instance_id FROM core_operations"
                        + " WHERE instance_id IS NOT NULL AND ended_at IS NULL)");
        Sql.all(
                connection,
                "SELECT * FROM core_claims",
                row -> claims.put(Sql.uuid(row, "instance_id"), claim(row)) == null);
    }

    /** Stores what an instance is promised, in the running transaction. */
    public void store(Connection connection, UUID instance, Claim claim) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO core_claims (instance_id, cpus, memory_bytes, disk_bytes, ports) VALUES (?, ?, ?, ?, ?)",
                instance,
                claim.resources().cpus(),
                claim.resources().memoryBytes(),
                claim.resources().diskBytes(),
                claim.ports());
    }

    /** Deletes what instances were promised that are gone. */
    void delete(Connection connection, Collection<UUID> instances) throws SQLException {
        Sql.batch(
                connection,
                "DELETE FROM core_claims WHERE instance_id = ?",
                instances.stream().map(id -> Sql.values(id)).toList());
        instances.forEach(claims::remove);
    }

    @Nullable
    Claim get(UUID instance) {
        return claims.get(instance);
    }

    void put(UUID instance, Claim claim) {
        claims.put(instance, claim);
    }

    void forget(UUID instance) {
        claims.remove(instance);
    }

    private static Claim claim(ResultSet row) throws SQLException {
        String cpus = row.getString("cpus");
        return new Claim(
                new Resources(
                        cpus == null ? null : Double.valueOf(cpus),
                        number(row, "memory_bytes"),
                        number(row, "disk_bytes")),
                row.getLong("ports"));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : (Long) value;
    }
}
