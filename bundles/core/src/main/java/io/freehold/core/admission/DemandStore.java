package io.freehold.core.admission;

import io.freehold.api.admission.AdmissionPolicy;
import io.freehold.api.admission.AdmissionPolicy.Limits;
import io.freehold.api.admission.Demand;
import io.freehold.api.storage.Sql;
import io.freehold.core.util.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What instances asked of their hosts when they were admitted: the table {@code core_demands}. */
public final class DemandStore {
    private final Json json;

    public DemandStore(Json json) {
        this.json = json;
    }

    /** Deletes those of instances that are not there and will not come. */
    public void tidy(Connection connection) throws SQLException {
        Sql.update(
                connection,
                "DELETE FROM core_demands WHERE instance_id NOT IN (SELECT id FROM core_instances)"
                        + " AND instance_id NOT IN (SELECT instance_id FROM core_operations"
                        + " WHERE instance_id IS NOT NULL AND ended_at IS NULL)");
    }

    /** Stores what an instance was admitted with, in the running transaction. */
    public void put(Connection connection, UUID instance, Admitted admitted) throws SQLException {
        AdmissionPolicy demands = new AdmissionPolicy(List.copyOf(admitted.demands()), Limits.NONE);
        Sql.update(
                connection,
                "INSERT INTO core_demands (instance_id, demands) VALUES (?, ?)",
                instance,
                json.write(PolicyJson.write(demands)));
    }

    /** What an instance was admitted with; empty for one that Freehold did not make. */
    Optional<List<Demand>> find(Connection connection, UUID instance) throws SQLException {
        return Sql.first(
                connection,
                "SELECT demands FROM core_demands WHERE instance_id = ?",
                row -> PolicyJson.read(json.readMap(row.getString("demands"))).allowed(),
                instance);
    }

    /** Deletes those of instances that are gone. */
    public void delete(Connection connection, Collection<UUID> instances) throws SQLException {
        Sql.batch(
                connection,
                "DELETE FROM core_demands WHERE instance_id = ?",
                instances.stream().map(id -> Sql.values(id)).toList());
    }
}
