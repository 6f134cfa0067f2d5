package io.freehold.security.audit;

import io.freehold.api.audit.AuditCheckpoint;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditExport;
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import java.util.List;
import java.util.function.Consumer;

/** Entries from one number to another, read some hundred at a time. */
final class ChainExport implements AuditExport {
    private static final int PIECE = 500;

    private final Transactions transactions;
    private final Anchors anchors;
    private final long first;
    private final long last;

    ChainExport(Transactions transactions, Anchors anchors, long first, long last) {
        this.transactions = transactions;
        this.anchors = anchors;
        this.first = first;
        this.last = last;
    }

    @Override
    public AuditCheckpoint writeTo(Consumer<AuditEntry> sink) {
        long sequence = 0;
        String hash = Chain.START;
        List<AuditEntry> piece = after(first - 1);
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

    private List<AuditEntry> after(long sequence) {
        return transactions.read(connection -> Sql.all(
                connection,
                "SELECT * FROM security_audit WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?",
                ChainedAuditLog::entry,
                sequence,
                last,
                PIECE));
    }
}
