package io.freehold.security.audit;

import io.freehold.api.audit.AuditEntry;
import io.freehold.api.storage.Sql;
import io.freehold.security.support.Hashes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The entries that the next segment takes.
 *
 * @param number of the segment
 * @param after the last sequence number of the segment before; 0 if there is none
 * @param previousHash of that entry
 * @param altered the sequence number of the first entry that was altered; 0 if none was
 */
record SealingBatch(long number, long after, String previousHash, List<AuditEntry> entries, long altered) {
    /** Few enough to be held in memory. */
    private static final int SIZE = 1_000;

    /**
     * What is old by now, from the oldest on; empty if that is too little yet.
     *
     * @param old the time that entries are old before
     * @param due the time before which even few are sealed
     */
    static Optional<SealingBatch> next(Connection connection, Instant old, Instant due) throws SQLException {
        Optional<Segment> before = Segment.newest(connection);
        long after = before.map(Segment::last).orElse(0L);
        List<AuditEntry> entries = new ArrayList<>();
        long altered = 0;
        for (Row row : Sql.all(
                connection,
                "SELECT * FROM security_audit WHERE sequence > ? ORDER BY sequence LIMIT ?",
                found -> new Row(
                        ChainedAuditLog.entry(found),
                        ChainVerifier.hashOf(found).equals(found.getString("hash"))),
                after,
                SIZE)) {
            if (!row.entry.time().isBefore(old)) {
                break;
            }
            entries.add(row.entry);
            altered = altered == 0 && !row.intact ? row.entry.sequence() : altered;
        }
        boolean enough = entries.size() == SIZE
                || (!entries.isEmpty() && entries.get(0).time().isBefore(due));
        return enough
                ? Optional.of(new SealingBatch(
                        before.map(Segment::number).orElse(0L) + 1,
                        after,
                        before.map(Segment::lastHash).orElse(Chain.START),
                        List.copyOf(entries),
                        altered))
                : Optional.empty();
    }

    private record Row(AuditEntry entry, boolean intact) {}

    boolean isFull() {
        return entries.size() == SIZE;
    }

    /** What was tampered with is not sealed: it would look like Freehold's own. */
    void requireSound() throws Unsound {
        if (altered > 0) {
            throw new Unsound(altered, "Entry " + altered + " was altered: its hash does not fit what it says.");
        }
        long sequence = after;
        String hash = previousHash;
        for (AuditEntry entry : entries) {
            if (entry.sequence() != sequence + 1 || !Hashes.same(entry.previousHash(), hash)) {
                throw new Unsound(sequence + 1, "Entry " + (sequence + 1) + " is missing or was altered.");
            }
            sequence = entry.sequence();
            hash = entry.hash();
        }
    }

    /** Whether a file holds the first of these entries, and so may be their segment. */
    boolean startsWith(SegmentFile file) {
        int count = file.entries().size();
        return file.end().number() == number
                && file.end().previousHash().equals(previousHash)
                && count <= entries.size()
                && file.entries().equals(entries.subList(0, count));
    }

    SegmentEnd end(Signer signer) {
        AuditEntry last = entries.get(entries.size() - 1);
        return SegmentEnd.sign(signer, number, after + 1, last.sequence(), previousHash, last.hash());
    }
}
