package io.freehold.security.audit;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.storage.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the entries that an export of a time has. Numbers have no gaps, times may go back: a range of
 * time is one of numbers.
 *
 * @param last before {@code first} if there is none
 */
record ExportRange(long first, long last) {

    /** From the first entry at or after one time to the last before another; null: no bound. */
    static ExportRange between(Connection connection, Segments segments, @Nullable Instant from, @Nullable Instant to)
            throws SQLException {
        List<Segment> kept = Segment.all(connection).stream()
                .filter(segment -> !segment.isRemoved())
                .toList();
        return new ExportRange(
                from == null ? begin(connection) : first(connection, segments, kept, from),
                to == null ? Head.read(connection).sequence() : last(connection, segments, kept, to));
    }

    private static long begin(Connection connection) throws SQLException {
        return Sql.number(
                connection,
                "SELECT COALESCE(MAX(last_sequence), 0) + 1 FROM security_audit_segment WHERE removed_at > 0");
    }

    private static long first(Connection connection, Segments segments, List<Segment> kept, Instant from)
            throws SQLException {
        for (Segment segment : kept) {
            if (!segment.newest().isBefore(from)) {
                return entries(segments, segment).stream()
                        .filter(entry -> !entry.time().isBefore(from))
                        .mapToLong(AuditEntry::sequence)
                        .min()
                        .orElse(segment.last() + 1);
            }
        }
        return Sql.number(
                connection,
                "SELECT COALESCE(MIN(sequence), " + Long.MAX_VALUE + ") FROM security_audit WHERE time >= ?",
                from);
    }

    private static long last(Connection connection, Segments segments, List<Segment> kept, Instant to)
            throws SQLException {
        long inTable =
                Sql.number(connection, "SELECT COALESCE(MAX(sequence), 0) FROM security_audit WHERE time < ?", to);
        if (inTable > 0) {
            return inTable;
        }
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (kept.get(i).oldest().isBefore(to)) {
                return entries(segments, kept.get(i)).stream()
                        .filter(entry -> entry.time().isBefore(to))
                        .mapToLong(AuditEntry::sequence)
                        .max()
                        .orElse(0);
            }
        }
        return 0;
    }

    /**
     * Reads a segment.
     *
     * @throws FreeholdException {@code UNAVAILABLE} if it is not what it was, which verification says, too
     */
    static List<AuditEntry> entries(Segments segments, Segment segment) {
        try {
            return segments.read(segment);
        } catch (Unsound e) {
            throw new FreeholdException(ErrorCode.UNAVAILABLE, e.message(), e);
        }
    }
}
