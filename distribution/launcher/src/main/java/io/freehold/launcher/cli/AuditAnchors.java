package io.freehold.launcher.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The checkpoints of a file that was kept apart from the log. */
final class AuditAnchors {
    private final NavigableMap<Long, Anchor> anchors = new TreeMap<>();
    private @Nullable String key;

    private AuditAnchors() {}

    /** What is kept of each: there is one for every minute of years. */
    record Anchor(long sequence, String hash, Instant time) {}

    static AuditAnchors none() {
        return new AuditAnchors();
    }

    /**
     * Reads the file and checks every signature.
     *
     * @param trusted the key that must have signed; null: the first one of the file
     */
    static AuditAnchors read(Path file, @Nullable String trusted) throws IOException, AuditVerifier.Broken {
        AuditAnchors all = new AuditAnchors();
        all.key = trusted;
        try (AuditLines lines = new AuditLines(file)) {
            for (Optional<AuditLine> next = lines.next(); next.isPresent(); next = lines.next()) {
                AuditLine anchor = next.get();
                String by = anchor.isCheckpoint() ? anchor.text("key") : "";
                if (all.key == null) {
                    all.key = by;
                }
                if (!by.equals(all.key) || !anchor.signed()) {
                    throw lines.wrong("is not signed by the key " + all.key);
                }
                Anchor other = all.anchors.putIfAbsent(
                        anchor.sequence(), new Anchor(anchor.sequence(), anchor.text("hash"), anchor.time()));
                if (other != null && !other.hash().equals(anchor.text("hash"))) {
                    throw lines.wrong("and an earlier one disagree about entry " + anchor.sequence()
                            + ": the log was written anew, or an older database put back");
                }
            }
        }
        return all;
    }

    /** Who signed them; null if there are none. */
    @Nullable
    String key() {
        return key;
    }

    /** The anchor of an entry. */
    Optional<Anchor> of(long sequence) {
        return Optional.ofNullable(anchors.get(sequence));
    }

    /** The first anchor of an entry after the given one that is not younger than the time. */
    Optional<Anchor> missing(long after, Instant until) {
        return anchors.tailMap(after, false).values().stream()
                .filter(anchor -> !anchor.time().isAfter(until))
                .findFirst();
    }
}
