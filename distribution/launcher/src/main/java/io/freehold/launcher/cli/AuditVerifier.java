package io.freehold.launcher.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks an export of the audit log line by line, with nothing but the file and what was kept apart from it. */
final class AuditVerifier {
    private static final String START = "0".repeat(64);

    private final AuditAnchors anchors;
    private final @Nullable String key;
    private final boolean partial;
    private long first;
    private long sequence;
    private String hash = START;
    private int matched;

    /**
     * @param key that must have signed; null: that of the anchors, or any if there are none
     * @param partial whether the export need not begin with the log
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
     * Reads the whole file.
     *
     * @return one line that says what was found to be in order
     */
    String verify(Path file) throws IOException, Broken {
        try (AuditLines lines = new AuditLines(file)) {
            Optional<AuditLine> line = lines.next();
            for (; line.isPresent() && !line.get().isCheckpoint(); line = lines.next()) {
                entry(line.get(), lines);
            }
            if (line.isEmpty()) {
                throw new Broken(
                        file + " does not end with its checkpoint: after entry " + sequence + " the end was cut off");
            }
            end(line.get(), lines);
            if (lines.next().isPresent()) {
                throw lines.wrong("comes after the end of the export");
            }
            return "The export is whole: " + (sequence == 0 ? "no entries" : "entries " + first + " to " + sequence)
                    + "; " + matched + " anchors match; signed by " + line.get().text("key");
        }
    }

    private void entry(AuditLine entry, AuditLines lines) throws Broken {
        long found = entry.sequence();
        if (first == 0 && (partial || found == 1)) {
            first = found;
            hash = partial && found > 1 ? entry.text("previousHash") : START;
        } else if (found != sequence + 1) {
            throw lines.wrong(
                    found > sequence + 1
                            ? "has entry " + found + ": entry " + (sequence + 1)
                                    + " is missing or not in its place"
                                    + (sequence == 0 ? " (if this is a part of the log, add --partial)" : "")
                            : "has entry " + found + ", which is not in its place");
        }
        if (!entry.text("hash").equals(entry.entryHash())) {
            throw lines.wrong("has entry " + found + ", which was altered: its hash does not fit what it says");
        }
        if (!entry.text("previousHash").equals(hash)) {
            throw lines.wrong("has entry " + found + ", which does not follow the one before: that one was altered"
                    + " and its hash computed anew");
        }
        Optional<AuditLine> anchor = anchors.of(found);
        if (anchor.isPresent()) {
            if (!anchor.get().text("hash").equals(entry.text("hash"))) {
                throw lines.wrong("has entry " + found + ", which is not the one that was anchored at "
                        + anchor.get().time());
            }
            matched++;
        }
        sequence = found;
        hash = entry.text("hash");
    }

    private void end(AuditLine end, AuditLines lines) throws Broken {
        if (!end.signed() || (key != null && !key.equals(end.text("key")))) {
            throw lines.wrong(
                    key == null ? "is a checkpoint with a wrong signature" : "is not signed by the key " + key);
        }
        if (end.sequence() != sequence || !end.text("hash").equals(hash)) {
            throw lines.wrong("is the checkpoint of entry " + end.sequence() + ", but the last entry is " + sequence
                    + (end.sequence() == sequence ? " with another hash" : "") + ": the end was altered");
        }
        Optional<AuditLine> missing = partial ? Optional.empty() : anchors.missing(sequence, end.time());
        if (missing.isPresent()) {
            throw lines.wrong("says that the log ends with entry " + sequence + ", but entry "
                    + missing.get().sequence() + " was anchored at "
                    + missing.get().time()
                    + ": the end of the log was cut off");
        }
    }
}
