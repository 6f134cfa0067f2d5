package io.freehold.security.audit;

import io.freehold.api.audit.AuditCheckpoint;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditExport;
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Entries from one number to another, sealed ones and others, read some hundred at a time. */
final class ChainExport implements AuditExport {
    private static final int PIECE = 500;

    private final Transactions transactions;
    private final Anchors anchors;
    private final Segments segments;
    private final ExportRange range;

    ChainExport(Transactions transactions, Anchors anchors, Segments segments, ExportRange range) {
        this.transactions = transactions;
        this.anchors = anchors;
        this.segments = segments;
        this.range = range;
    }

    @Override
    public AuditCheckpoint writeTo(Consumer<AuditEntry> sink) {
        long sequence = 0;
        String hash = Chain.START;
        List<AuditEntry> piece = after(range.first() - 1);
        while (!piece.isEmpty()) {
            for (AuditEntry entry : piece) {
                sink.accept(entry);
                sequence = entry.sequence();
                hash = entry.hash();
            }
            piece = after(sequence);
        }
        return anchors.sign(sequence, hash);
    }

    /** What comes next, wherever it is now: it may be sealed while others are read. */
    private List<AuditEntry> after(long sequence) {
        if (sequence >= range.last()) {
            return List.of();
        }
        Place place = transactions.read(connection -> {
            Optional<Segment> sealed = Segment.covering(connection, sequence + 1);
            return new Place(sealed, sealed.isPresent() ? List.of() : rows(connection, sequence));
        });
        return place.sealed
                .map(segment -> ExportRange.entries(segments, segment).stream()
                        .filter(entry -> entry.sequence() > sequence && entry.sequence() <= range.last())
                        .toList())
                .orElse(place.rows);
    }

    private List<AuditEntry> rows(Connection connection, long sequence) throws SQLException {
        return Sql.all(
                connection,
                "SELECT * FROM security_audit WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?",
                ChainedAuditLog::entry,
                sequence,
                range.last(),
                PIECE);
    }

    private record Place(Optional<Segment> sealed, List<AuditEntry> rows) {}
}
