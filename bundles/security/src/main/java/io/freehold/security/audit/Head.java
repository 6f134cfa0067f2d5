package io.freehold.security.audit;

import io.freehold.api.storage.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The end of the chain.
 *
 * @param sequence of the last entry; 0 if there is none
 */
record Head(long sequence, String hash) {

    static Head read(Connection connection) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT sequence, hash FROM security_audit_head WHERE id = 1",
                        row -> new Head(row.getLong(1), row.getString(2)))
                .orElseThrow(() -> new SQLException("The head of the audit log is missing"));
    }
}
