package io.freehold.security.audit;

import io.freehold.api.audit.AuditEntry;
import io.freehold.api.storage.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The database's record of a sealed segment. Its signature keeps whoever can write to the database alone from making
 * one up, and from calling a file removed that is missing.
 *
 * @param number counts from 1
 * @param previousHash of the entry before the first
 * @param oldest the earliest time of an entry in it; clocks go back, so it need not be the first one's
 * @param fileHash SHA-256 over the file's bytes
 * @param removedAt when Freehold deleted the file for its age; 1970 if it did not
 */
record Segment(
        long number,
        long first,
        long last,
        String previousHash,
        String firstHash,
        String lastHash,
        Instant oldest,
        Instant newest,
        String fileHash,
        Instant sealedAt,
        Instant removedAt,
        String signature) {
    private static final String SELECT = "SELECT * FROM security_audit_segment ";

    /** The record of a file that was read. */
    static Segment of(SegmentFile file, Signer signer) {
        List<Instant> times =
                file.entries().stream().map(AuditEntry::time).sorted().toList();
        SegmentEnd end = file.end();
        return new Segment(
                        end.number(),
                        end.first(),
                        end.last(),
                        end.previousHash(),
                        file.entries().get(0).hash(),
                        end.hash(),
                        times.get(0),
                        times.get(times.size() - 1),
                        file.hash(),
                        end.time(),
                        Instant.EPOCH,
                        "")
                .sign(signer);
    }

    /** The same, its file deleted now. */
    Segment removed(Signer signer) {
        return with(signer.now(), "").sign(signer);
    }

    /** Whether both say the same of a file. */
    boolean describesSameAs(Segment other) {
        return text().equals(other.text());
    }

    boolean isRemoved() {
        return !removedAt.equals(Instant.EPOCH);
    }

    private Segment sign(Signer signer) {
        return with(removedAt, signer.sign(text()));
    }

    private Segment with(Instant removal, String signed) {
        return new Segment(
                number,
                first,
                last,
                previousHash,
                firstHash,
                lastHash,
                oldest,
                newest,
                fileHash,
                sealedAt,
                removal,
                signed);
    }

    boolean signed(Signer signer) {
        return signer.signed(text(), signature);
    }

    private String text() {
        return String.join(
                " ",
                "freehold-segment-record-1",
                Long.toString(number),
                Long.toString(first),
                Long.toString(last),
                previousHash,
                firstHash,
                lastHash,
                Long.toString(oldest.toEpochMilli()),
                Long.toString(newest.toEpochMilli()),
                fileHash,
                Long.toString(sealedAt.toEpochMilli()),
                Long.toString(removedAt.toEpochMilli()));
    }

    /** Names it for people. */
    String name() {
        return "Segment " + number + " (entries " + first + " to " + last + ", " + fileName(number) + ")";
    }

    static String fileName(long number) {
        return String.format(Locale.ROOT, "audit-%08d.jsonl.gz", number);
    }

    static List<Segment> all(Connection connection) throws SQLException {
        return Sql.all(connection, SELECT + "ORDER BY number", Segment::read);
    }

    static Optional<Segment> newest(Connection connection) throws SQLException {
        return Sql.first(connection, SELECT + "ORDER BY number DESC LIMIT 1", Segment::read);
    }

    /** The one that an entry is in, if it was sealed. */
    static Optional<Segment> covering(Connection connection, long sequence) throws SQLException {
        return Sql.first(
                        connection,
                        SELECT + "WHERE last_sequence >= ? ORDER BY last_sequence LIMIT 1",
                        Segment::read,
                        sequence)
                .filter(found -> found.first <= sequence);
    }

    void insert(Connection connection) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO security_audit_segment (number, first_sequence, last_sequence, previous_hash, first_hash,"
                        + " last_hash, oldest, newest, file_hash, sealed_at, removed_at, signature)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                number,
                first,
                last,
                previousHash,
                firstHash,
                lastHash,
                oldest,
                newest,
                fileHash,
                sealedAt,
                removedAt,
                signature);
    }

    /** Stores that it is removed. */
    void updateRemoved(Connection connection) throws SQLException {
        Sql.update(
                connection,
                "UPDATE security_audit_segment SET removed_at = ?, signature = ? WHERE number = ?",
                removedAt,
                signature,
                number);
    }

    private static Segment read(ResultSet row) throws SQLException {
        return new Segment(
                row.getLong("number"),
                row.getLong("first_sequence"),
                row.getLong("last_sequence"),
                row.getString("previous_hash"),
                row.getString("first_hash"),
                row.getString("last_hash"),
                Sql.instant(row, "oldest"),
                Sql.instant(row, "newest"),
                row.getString("file_hash"),
                Sql.instant(row, "sealed_at"),
                Sql.instant(row, "removed_at"),
                row.getString("signature"));
    }
}
