package io.freehold.security.audit;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.storage.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The end of the chain.
 *
 * @param sequence of the last entry; 0 if there is none
 */
record Head(long sequence, String hash) {

    /**
     * The head.
     *
     * @throws FreeholdException {@code UNAVAILABLE} if somebody has deleted it: nothing can be recorded then
     */
    static Head read(Connection connection) throws SQLException {
        return find(connection)
                .orElseThrow(() -> new FreeholdException(
                        ErrorCode.UNAVAILABLE, "The head of the audit log is missing; see its verification."));
    }

    /** The head, unless somebody has deleted it. */
    static Optional<Head> find(Connection connection) throws SQLException {
        return Sql.first(
                connection,
                "SELECT sequence, hash FROM security_audit_head WHERE id = 1",
                row -> new Head(row.getLong(1), row.getString(2)));
    }
}
