package io.freehold.security.audit;

import io.freehold.api.audit.AuditEntry;
import io.freehold.api.storage.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the hashes of entries, sealed or not, in one state of the database; holds one segment at a time. */
final class HashLookup {
    private final Connection connection;
    private final Segments segments;
    private final long removedUpTo;
    private @Nullable Segment segment;
    private List<String> hashes = List.of();

    HashLookup(Connection connection, Segments segments) throws SQLException {
        this.connection = connection;
        this.segments = segments;
        this.removedUpTo = Sql.number(
                connection, "SELECT COALESCE(MAX(last_sequence), 0) FROM security_audit_segment WHERE removed_at > 0");
    }

    /** Whether Freehold removed the segment that the entry was in, so that nothing is known of it. */
    boolean isRemoved(long sequence) {
        return sequence <= removedUpTo;
    }

    /** The hash of an entry that was not removed. */
    Optional<String> find(long sequence) throws SQLException {
        Segment at = segment;
        if (at == null || sequence < at.first() || sequence > at.last()) {
            Optional<Segment> covering = Segment.covering(connection, sequence);
            if (covering.isEmpty()) {
                return Sql.first(
                        connection,
                        "SELECT hash FROM security_audit WHERE sequence = ?",
                        row -> row.getString(1),
                        sequence);
            }
            at = covering.get();
            hashes = ExportRange.entries(segments, at).stream()
                    .map(AuditEntry::hash)
                    .toList();
            segment = at;
        }
        return Optional.of(hashes.get((int) (sequence - at.first())));
    }
}
