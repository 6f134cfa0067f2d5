package io.freehold.security.audit;

import io.freehold.api.audit.AuditLog.Verification;
import io.freehold.api.storage.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Walks the chain from its first entry to its head: the sealed segments, then the table. */
final class ChainVerifier {
    private static final int FETCH = 500;

    private final Segments segments;
    private long sequence;
    private String hash = Chain.START;
    private long files;
    private boolean begun;
    private long sealed;
    private String sealedHash = Chain.START;
    private long lastSegment = 1;

    ChainVerifier(Segments segments) {
        this.segments = segments;
    }

    Verification verify(Connection connection) throws SQLException {
        try {
            walkSegments(connection);
        } catch (Unsound e) {
            return new Verification(false, sequence, hash, e.at(), e.message(), 0, files);
        }
        try (PreparedStatement statement = Sql.prepare(connection, "SELECT * FROM security_audit ORDER BY sequence")) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long found = rows.getLong("sequence");
                    beginBefore(found, rows.getString("previous_hash"));
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
                    if (found == sealed && !rows.getString("hash").equals(sealedHash)) {
                        return broken(found, "is not the one that was sealed");
                    }
                    sequence = found;
                    hash = rows.getString("hash");
                    begun = true;
                }
            }
        }
        return Head.find(connection)
                .map(this::atTheEnd)
                .orElseGet(() -> new Verification(
                        false, sequence, hash, sequence + 1, "The head of the log is missing.", 0, files));
    }

    private void walkSegments(Connection connection) throws SQLException, Unsound {
        long number = 0;
        for (Segment segment : Segment.all(connection)) {
            segments.check(segment, ++number, sequence, hash);
            if (!segment.isRemoved()) {
                segments.read(segment);
                files++;
            }
            lastSegment = segment.first();
            sequence = segment.last();
            hash = segment.lastHash();
        }
        sealed = sequence;
        sealedHash = hash;
    }

    /** Rows of the last segment may still be there: its end is in them, and pins those before. */
    private void beginBefore(long found, String previousHash) {
        if (!begun && found >= lastSegment && found <= sealed) {
            sequence = found - 1;
            hash = previousHash;
        }
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
        return new Verification(true, sequence, hash, 0, "", 0, files);
    }

    private Verification broken(long at, String what) {
        return new Verification(false, sequence, hash, at, "Entry " + at + " " + what + ".", 0, files);
    }

    /** The hash that a row must have, of what stands in it and not of what is made of it. */
    static String hashOf(ResultSet row) throws SQLException {
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
