package io.freehold.security.audit;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.audit.AuditCheckpoint;
import io.freehold.api.audit.AuditLog.Verification;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares a chain that is sound in itself with the checkpoints that were anchored outside of the database. */
final class AnchorVerifier {
    private final AnchorFile file;
    private final Signer signer;
    private final Segments segments;

    AnchorVerifier(AnchorFile file, Signer signer, Segments segments) {
        this.file = file;
        this.signer = signer;
        this.segments = segments;
    }

    /** What the anchors add to what walking the chain found. */
    Verification verify(Connection connection, Verification chain) throws SQLException {
        if (!chain.ok()) {
            return chain;
        }
        Comparison comparison = new Comparison(connection);
        read(comparison);
        if (comparison.failure != null) {
            throw comparison.failure;
        }
        return comparison.broken == 0
                ? new Verification(true, chain.entries(), chain.head(), 0, "", comparison.compared, chain.segments())
                : new Verification(
                        false,
                        Math.min(chain.entries(), comparison.broken - 1),
                        chain.head(),
                        comparison.broken,
                        comparison.message,
                        comparison.compared,
                        chain.segments());
    }

    /** What is wrong with the entry that a checkpoint is about, if anything is. */
    Optional<String> mismatch(Connection connection, AuditCheckpoint anchor) throws SQLException {
        return mismatch(anchor, new HashLookup(connection, segments));
    }

    private static Optional<String> mismatch(AuditCheckpoint anchor, HashLookup hashes) throws SQLException {
        if (hashes.isRemoved(anchor.sequence())) {
            return Optional.empty();
        }
        Optional<String> hash = hashes.find(anchor.sequence());
        if (hash.isEmpty()) {
            return Optional.of("Entry " + anchor.sequence() + " is missing: it was there at " + anchor.time()
                    + ", when it was anchored. The log was cut, or an older database put back.");
        }
        return hash.get().equals(anchor.hash())
                ? Optional.empty()
                : Optional.of("Entry " + anchor.sequence() + " is not the one that was anchored at " + anchor.time()
                        + ": it, or one before it, was written anew.");
    }

    private void read(AnchorFile.Visitor visitor) {
        try {
            file.read(visitor);
        } catch (IOException e) {
            throw new FreeholdException(ErrorCode.UNAVAILABLE, "The anchors of the audit log cannot be read.", e);
        }
    }

    /** Keeps the mismatch of the lowest sequence number. */
    private final class Comparison implements AnchorFile.Visitor {
        private final HashLookup hashes;
        private long compared;
        private long broken;
        private String message = "";
        private @Nullable SQLException failure;

        Comparison(Connection connection) throws SQLException {
            this.hashes = new HashLookup(connection, segments);
        }

        @Override
        public boolean visit(long number, Optional<AuditCheckpoint> line) {
            if (line.isEmpty() || !signer.signed(line.get())) {
                // Which entry it was about cannot be believed.
                found(
                        line.map(AuditCheckpoint::sequence).filter(at -> at > 0).orElse(1L),
                        "Line " + number + " of the anchors is not signed by this installation's key.");
                return true;
            }
            AuditCheckpoint anchor = line.get();
            try {
                mismatch(anchor, hashes).ifPresent(what -> found(anchor.sequence(), what));
                compared += hashes.isRemoved(anchor.sequence()) ? 0 : 1;
                return true;
            } catch (SQLException e) {
                failure = e;
                return false;
            }
        }

        private void found(long at, String what) {
            if (broken == 0 || at < broken) {
                broken = at;
                message = what;
            }
        }
    }
}
