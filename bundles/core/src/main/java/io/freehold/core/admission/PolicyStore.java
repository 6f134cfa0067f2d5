package io.freehold.core.admission;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.admission.AdmissionPolicies.SetPolicy;
import io.freehold.api.security.Scope;
import io.freehold.api.storage.Sql;
import io.freehold.core.util.Json;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The table {@code core_admission_policies}. */
final class PolicyStore {
    private final Json json;

    PolicyStore(Json json) {
        this.json = json;
    }

    List<SetPolicy> load(Connection connection) throws SQLException {
        return Sql.all(connection, "SELECT * FROM core_admission_policies", this::read);
    }

    /**
     * Puts a policy in place of the version before.
     *
     * @throws FreeholdException {@code STALE} if that is not the present one
     */
    void put(Connection connection, SetPolicy next, long before) throws SQLException {
        String policy = json.write(PolicyJson.write(next.policy()));
        int changed = before == 0
                ? Sql.update(
                        connection,
                        "INSERT INTO core_admission_policies (scope, policy, version) VALUES (?, ?, ?)"
                                + " ON CONFLICT (scope) DO NOTHING",
                        next.scope().path(),
                        policy,
                        next.version())
                : Sql.update(
                        connection,
                        "UPDATE core_admission_policies SET policy = ?, version = ? WHERE scope = ? AND version = ?",
                        policy,
                        next.version(),
                        next.scope().path(),
                        before);
        if (changed == 0) {
            throw new FreeholdException(ErrorCode.STALE, "The policy has changed since you read it; read it again.");
        }
    }

    /** Deletes a policy, if it is set. */
    boolean delete(Connection connection, Scope scope) throws SQLException {
        return Sql.update(connection, "DELETE FROM core_admission_policies WHERE scope = ?", scope.path()) > 0;
    }

    boolean isBackend(Connection connection, UUID id) throws SQLException {
        return Sql.first(connection, "SELECT 1 FROM core_backends WHERE id = ?", row -> true, id)
                .isPresent();
    }

    private SetPolicy read(ResultSet row) throws SQLException {
        return new SetPolicy(
                Scope.parse(row.getString("scope")),
                PolicyJson.read(json.readMap(row.getString("policy"))),
                row.getLong("version"));
    }
}
