package io.freehold.security.audit;

import io.freehold.api.audit.AuditLog.Verification;
import io.freehold.api.storage.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Walks the chain from its first entry to its head, holding one entry at a time. */
final class ChainVerifier {
    private static final int FETCH = 500;

    private long sequence;
    private String hash = Chain.START;

    Verification verify(Connection connection) throws SQLException {
        try (PreparedStatement statement = Sql.prepare(connection, "SELECT * FROM security_audit ORDER BY sequence")) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long found = rows.getLong("sequence");
                    if (found != sequence + 1) {
                        return found > sequence + 1
                                ? broken(sequence + 1, "is missing")
                                : broken(found, "has a number that no entry has");
                    }
                    if (!rows.getString("hash").equals(hashOf(rows))) {
                        return broken(found, "was altered: its hash does not fit what it says");
                    }
                    if (!rows.getString("previous_hash").equals(hash)) {
                        // This entry is sound in itself and remembers another one before it.
                        return sequence == 0
                                ? broken(found, "was altered: it does not begin the chain")
                                : broken(sequence, "was altered and its hash computed anew");
                    }
                    sequence = found;
                    hash = rows.getString("hash");
                }
            }
        }
        return Head.find(connection)
                .map(this::atTheEnd)
                .orElseGet(() ->
                        new Verification(false, sequence, hash, sequence + 1, "The head of the log is missing.", 0));
    }

    private Verification atTheEnd(Head head) {
        if (head.sequence() > sequence) {
            return broken(sequence + 1, "is missing: the end of the log was cut off");
        }
        if (head.sequence() < sequence) {
            return broken(head.sequence() + 1, "came in beside the log: its head does not know it");
        }
        if (!head.hash().equals(hash)) {
            return broken(sequence, "is not the one that the head of the log remembers");
        }
        return new Verification(true, sequence, hash, 0, "", 0);
    }

    private Verification broken(long at, String what) {
        return new Verification(false, sequence, hash, at, "Entry " + at + " " + what + ".", 0);
    }

    private static String hashOf(ResultSet row) throws SQLException {
        return Chain.hash(
                row.getLong("sequence"),
                row.getLong("time"),
                text(row, "actor"),
                text(row, "actor_name"),
                text(row, "action"),
                text(row, "resource"),
                text(row, "outcome"),
                text(row, "source"),
                text(row, "request_id"),
                text(row, "detail"),
                text(row, "previous_hash"));
    }

    /** A column's text; whoever tampers may also have left nothing there. */
    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }
}
