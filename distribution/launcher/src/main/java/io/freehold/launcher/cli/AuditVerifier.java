package io.freehold.launcher.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks exports of the audit log and sealed segments line by line, with nothing but the files and what was kept apart
 * from them. Several files are one chain, in the order in which they are given.
 */
final class AuditVerifier {
    private static final String START = "0".repeat(64);

    private final AuditAnchors anchors;
    private final boolean partial;
    private @Nullable String key;
    private boolean began;
    private @Nullable Broken badBegin;
    private String before = START;
    private long first;
    private long segment;
    private long sequence;
    private String hash = START;
    private int matched;

    /**
     * @param key that must have signed; null: that of the anchors, or any if there are none
     * @param partial whether the first export need not begin with the log
     */
    AuditVerifier(AuditAnchors anchors, @Nullable String key, boolean partial) {
        this.anchors = anchors;
        this.key = key == null ? anchors.key() : key;
        this.partial = partial;
    }

    /** Something does not fit. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }

    /**
     * Reads the whole next file.
     *
     * @param more whether other files follow, so that this one need not reach to the end of the log
     * @return one line that says what was found to be in order
     */
    String verify(Path file, boolean more) throws IOException, Broken {
        first = 0;
        matched = 0;
        try (AuditLines lines = new AuditLines(file)) {
            Optional<AuditLine> line = lines.next();
            for (; line.isPresent() && line.get().kind() == AuditLine.Kind.ENTRY; line = lines.next()) {
                entry(line.get(), lines);
            }
            if (line.isEmpty()) {
                throw new Broken(
                        file + " does not end with its checkpoint: after entry " + sequence + " the end was cut off");
            }
            AuditLine end = line.get();
            if (end.isCheckpoint()) {
                end(end, more, lines);
            } else {
                endOfSegment(end, lines);
            }
            if (lines.next().isPresent()) {
                throw lines.wrong("comes after the end of the " + (end.isCheckpoint() ? "export" : "segment"));
            }
            return (end.isCheckpoint() ? "The export" : "Segment " + segment) + " is whole: "
                    + (first == 0 ? "no entries" : "entries " + first + " to " + sequence) + "; " + matched
                    + " anchors match; signed by " + end.text("key");
        }
    }

    private void entry(AuditLine entry, AuditLines lines) throws Broken {
        long found = entry.sequence();
        if (!began && found > 0) {
            begin(entry, lines);
        } else if (found != sequence + 1) {
            throw misplaced(found, lines);
        }
        if (first == 0) {
            first = found;
            before = hash;
        }
        if (!entry.text("hash").equals(entry.entryHash())) {
            throw lines.wrong("has entry " + found + ", which was altered: its hash does not fit what it says");
        }
        if (!entry.text("previousHash").equals(hash)) {
            throw lines.wrong("has entry " + found + ", which does not follow the one before: that one was altered"
                    + " and its hash computed anew");
        }
        Optional<AuditAnchors.Anchor> anchor = anchors.of(found);
        if (anchor.isPresent()) {
            if (!anchor.get().hash().equals(entry.text("hash"))) {
                throw lines.wrong("has entry " + found + ", which is not the one that was anchored at "
                        + anchor.get().time());
            }
            matched++;
        }
        sequence = found;
        hash = entry.text("hash");
    }

    /** Only the end of the file tells whether it may begin later than the log: a segment may. */
    private void begin(AuditLine entry, AuditLines lines) {
        began = true;
        if (entry.sequence() > 1) {
            badBegin = partial ? null : misplaced(entry.sequence(), lines);
            hash = entry.text("previousHash");
        }
    }

    private Broken misplaced(long found, AuditLines lines) {
        return lines.wrong(
                found > sequence + 1
                        ? "has entry " + found + ": entry " + (sequence + 1) + " is missing or not in its place"
                                + hint()
                        : "has entry " + found + ", which is not in its place");
    }

    private String hint() {
        if (sequence == 0) {
            return " (if this is a part of the log, add --partial)";
        }
        return segment > 0 ? ": what comes next is segment " + (segment + 1) : "";
    }

    private void endOfSegment(AuditLine end, AuditLines lines) throws Broken {
        requireSigned(end, lines);
        if (segment > 0 && end.number("number") != segment + 1) {
            throw lines.wrong("closes segment " + end.number("number") + ", but what comes after segment " + segment
                    + " is segment " + (segment + 1));
        }
        segment = end.number("number");
        if (end.number("first") != first
                || !end.text("previousHash").equals(before)
                || end.sequence() != sequence
                || !end.text("hash").equals(hash)) {
            throw lines.wrong("closes segment " + segment + " with entries " + end.number("first") + " to "
                    + end.sequence() + ", which are not those before it: the segment was altered");
        }
        badBegin = null;
    }

    private void requireSigned(AuditLine end, AuditLines lines) throws Broken {
        if (!end.signed() || (key != null && !key.equals(end.text("key")))) {
            throw lines.wrong(
                    key == null ? "is a checkpoint with a wrong signature" : "is not signed by the key " + key);
        }
        key = end.text("key");
    }

    private void end(AuditLine end, boolean more, AuditLines lines) throws Broken {
        requireSigned(end, lines);
        if (badBegin != null) {
            throw badBegin;
        }
        if (end.sequence() != sequence || !end.text("hash").equals(hash)) {
            throw lines.wrong("is the checkpoint of entry " + end.sequence() + ", but the last entry is " + sequence
                    + (end.sequence() == sequence ? " with another hash" : "") + ": the end was altered");
        }
        Optional<AuditAnchors.Anchor> missing =
                partial || more ? Optional.empty() : anchors.missing(sequence, end.time());
        if (missing.isPresent()) {
            throw lines.wrong("says that the log ends with entry " + sequence + ", but entry "
                    + missing.get().sequence() + " was anchored at "
                    + missing.get().time()
                    + ": the end of the log was cut off");
        }
    }
}
