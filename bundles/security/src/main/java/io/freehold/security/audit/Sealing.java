package io.freehold.security.audit;

import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.SegmentFile.Altered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what is old out of the table into sealed segments, one bounded file at a time, and removes segments that are
 * older still. Rows are deleted only once their file is on the disk, was read again, and is recorded; what a crash
 * leaves half done is done by the next turn.
 */
public final class Sealing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);
    private static final Caller SELF = Caller.core("audit-sealing");
    private static final int ROWS = 100;
    private static final long PATIENCE_SECONDS = 5;
    private static final long SHORTEST_PERIOD = 1_000;
    private static final long LONGEST_PERIOD = 60_000;

    private final Transactions transactions;
    private final AuditTrail trail;
    private final Anchors anchors;
    private final Segments segments;
    private final Clock clock;
    private final @Nullable Duration retention;
    private final @Nullable Duration segmentRetention;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "freehold-audit-sealing");
        made.setDaemon(true);
        return made;
    });
    private @Nullable ScheduledFuture<?> ticking;
    private boolean swept;
    private boolean failing;

    public Sealing(
            Transactions transactions,
            AuditTrail trail,
            Anchors anchors,
            Segments segments,
            Clock clock,
            AuditSettings settings) {
        this.transactions = transactions;
        this.trail = trail;
        this.anchors = anchors;
        this.segments = segments;
        this.clock = clock;
        this.retention = settings.retention();
        this.segmentRetention = settings.segmentRetention();
    }

    /** Seals from now on what gets old, if anything is to be sealed at all. */
    public void start() {
        if (retention != null) {
            long period = Math.max(
                    SHORTEST_PERIOD, Math.min(LONGEST_PERIOD, slack(retention).toMillis()));
            ticking = thread.scheduleWithFixedDelay(this::run, period, period, TimeUnit.MILLISECONDS);
        }
    }

    /** Does everything that is due; what fails is tried again the next time. */
    public synchronized void run() {
        try {
            if (!swept) {
                sweep();
            }
            clear();
            if (retention != null) {
                while (!Thread.currentThread().isInterrupted() && seal(retention)) {
                    // goes on with the next segment
                }
            }
            if (segmentRetention != null) {
                remove(clock.instant().minus(segmentRetention));
            }
            failing = false;
        } catch (Unsound e) {
            if (!failing) {
                failing = true;
                anchors.alarm(SELF, e.message() + " Nothing is sealed until that is cleared up.");
            }
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                failing = true;
                LOG.warn("The audit log cannot be sealed; its entries stay where they are, and it is tried again.", e);
            }
        }
    }

    /** Seals one segment; whether there may be another one. */
    private boolean seal(Duration age) throws IOException, Unsound {
        Instant now = clock.instant();
        Optional<SealingBatch> due = transactions.read(connection ->
                SealingBatch.next(connection, now.minus(age), now.minus(age).minus(slack(age))));
        if (due.isEmpty()) {
            return false;
        }
        SealingBatch batch = due.get();
        batch.requireSound();
        SegmentFile file = file(batch);
        Segment segment = Segment.of(file, segments.signer());
        transactions.write(connection -> {
            trail.hold(connection);
            segment.insert(connection);
            String detail = segment.name() + ", SHA-256 " + segment.fileHash();
            return trail.record(connection, SELF, "audit.seal", "audit", Outcome.SUCCESS, detail);
        });
        clear();
        return batch.isFull();
    }

    /** Deletes the rows of what is sealed, few at a time, so that who writes waits for milliseconds. */
    private void clear() {
        Optional<Segment> sealed = transactions.read(Segment::newest);
        if (sealed.isEmpty() || !sealed.get().signed(segments.signer())) {
            return;
        }
        long last = sealed.get().last();
        long lowest = transactions.read(Sealing::lowest);
        while (lowest <= last) {
            long upTo = Math.min(last, lowest + ROWS - 1);
            lowest = transactions.write(connection -> {
                Sql.update(connection, "DELETE FROM security_audit WHERE sequence <= ?", upTo);
                return lowest(connection);
            });
        }
    }

    private static long lowest(Connection connection) throws SQLException {
        return Sql.number(connection, "SELECT COALESCE(MIN(sequence), " + Long.MAX_VALUE + ") FROM security_audit");
    }

    /** The file of a batch: the one that a crash left, if it fits, or a new one; on the disk and read again. */
    private SegmentFile file(SealingBatch batch) throws IOException {
        Optional<SegmentFile> found = segments.leftOver(batch.number());
        if (found.isPresent() && batch.startsWith(found.get())) {
            return found.get();
        }
        Path path = segments.file(batch.number());
        if (Files.exists(path)) {
            Path aside = path.resolveSibling(path.getFileName() + ".unknown-" + clock.millis());
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
            LOG.warn("{} is no part of this audit log, which an older database may explain; it is kept.", aside);
        }
        SegmentFile.write(path, batch.entries(), batch.end(segments.signer()));
        try {
            SegmentFile written = SegmentFile.read(path, Optional.empty());
            if (written.entries().equals(batch.entries())) {
                return written;
            }
            throw new IOException(path + " does not read as it was written");
        } catch (Altered e) {
            throw new IOException(path + " does not read as it was written: " + e.getMessage(), e);
        }
    }

    /** Removes segments with nothing younger than a time, oldest first: first the record says so. */
    private void remove(Instant before) throws IOException, Unsound {
        for (Segment segment : transactions.read(Segment::all)) {
            if (segment.isRemoved()) {
                continue;
            }
            if (!segment.newest().isBefore(before)) {
                return;
            }
            if (!segment.signed(segments.signer())) {
                throw new Unsound(segment.first(), segment.name() + " has a record that was altered.");
            }
            segments.whileNoneIsRemoved(() -> transactions.write(connection -> {
                segment.removed(segments.signer()).updateRemoved(connection);
                return trail.record(connection, SELF, "audit.segment.remove", "audit", Outcome.SUCCESS, segment.name());
            }));
            Files.deleteIfExists(segments.file(segment.number()));
        }
    }

    /** Deletes files of removed segments that a crash left. */
    private void sweep() throws IOException {
        for (Segment segment : transactions.read(Segment::all)) {
            if (segment.isRemoved() && segment.signed(segments.signer())) {
                Files.deleteIfExists(segments.file(segment.number()));
            }
        }
        swept = true;
    }

    /** How much older entries may get so that segments are not tiny. */
    private static Duration slack(Duration age) {
        return age.dividedBy(10);
    }

    @Override
    public void close() {
        if (ticking != null) {
            ticking.cancel(false);
        }
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn(
                        "A segment of the audit log is still being sealed; what is half done is done after the start.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
