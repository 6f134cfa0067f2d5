package io.freehold.security.audit;

import io.freehold.api.audit.AuditEntry;
import io.freehold.security.audit.SegmentFile.Altered;
import io.freehold.security.support.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The files of sealed segments, and whether they are what the database's records of them say. */
public final class Segments {
    private final Path folder;
    private final Signer signer;
    private final Lock removals = new ReentrantLock();

    /**
     * Makes nothing yet.
     *
     * @param folder where the files are; made when the first is
     * @param key 32 random bytes, for checkpoints, too
     */
    public Segments(Path folder, byte[] key, Clock clock) {
        this.folder = folder;
        this.signer = new Signer(key, clock);
    }

    Signer signer() {
        return signer;
    }

    Path file(long number) {
        return folder.resolve(Segment.fileName(number));
    }

    /** Does something that a file must not vanish from; not within a transaction. */
    <T> T whileNoneIsRemoved(Supplier<T> work) {
        removals.lock();
        try {
            return work.get();
        } finally {
            removals.unlock();
        }
    }

    /**
     * Checks a record without its file.
     *
     * @param number that it must have
     * @param sequence of the entry that it must follow
     * @param hash of that entry
     */
    void check(Segment segment, long number, long sequence, String hash) throws Unsound {
        if (segment.number() != number) {
            throw new Unsound(
                    sequence + 1,
                    "The record of segment " + number + " (from entry " + (sequence + 1)
                            + " on) is missing in the database.");
        }
        if (!segment.signed(signer)) {
            throw new Unsound(
                    sequence + 1,
                    "The record of segment " + number + " (from entry " + (sequence + 1)
                            + " on) is not signed by this installation's key: it was altered or made up.");
        }
        if (segment.first() != sequence + 1 || !Hashes.same(segment.previousHash(), hash)) {
            throw new Unsound(sequence + 1, segment.name() + " does not follow entry " + sequence + ".");
        }
    }

    /**
     * The entries of a segment that is not removed.
     *
     * @throws Unsound if the file is not there, or not what was recorded
     */
    List<AuditEntry> read(Segment segment) throws Unsound {
        try {
            SegmentFile file = SegmentFile.read(file(segment.number()), Optional.of(segment.fileHash()));
            if (!Segment.of(file, signer).describesSameAs(segment)
                    || !file.end().signed(signer)) {
                throw new Unsound(segment.first(), segment.name() + " is another one than was recorded.");
            }
            return file.entries();
        } catch (Altered e) {
            throw new Unsound(segment.first(), segment.name() + " was altered: " + e.getMessage() + ".");
        } catch (NoSuchFileException e) {
            throw new Unsound(
                    segment.first(),
                    segment.name() + " is missing: put the file back into " + folder.getFileName()
                            + " in the data folder.");
        } catch (IOException e) {
            throw new Unsound(
                    segment.first(),
                    segment.name() + " cannot be read: " + e.getClass().getSimpleName() + ".");
        }
    }

    /** A file that no record knows, which a crash left or an older database made strange; empty if there is none. */
    Optional<SegmentFile> leftOver(long number) throws IOException {
        Path file = file(number);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            SegmentFile found = SegmentFile.read(file, Optional.empty());
            return found.end().number() == number && found.end().signed(signer) ? Optional.of(found) : Optional.empty();
        } catch (Altered e) {
            return Optional.empty();
        }
    }
}
