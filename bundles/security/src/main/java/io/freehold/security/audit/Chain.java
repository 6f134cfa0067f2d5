package io.freehold.security.audit;

import io.freehold.api.audit.AuditEntry;
import io.freehold.security.support.Hashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The hash of an entry, as {@code docs/reference/audit-format.md} lays down: SHA-256 over the name of the
 * format and every field, each preceded by its length in bytes.
 */
final class Chain {
    /** What the first entry follows. */
    static final String START = "0".repeat(64);

    private static final String FORMAT = "freehold-audit-1";

    private Chain() {}

    /** The hash that an entry must have. */
    static String hash(AuditEntry entry) {
        return hash(
                entry.sequence(),
                entry.time().toEpochMilli(),
                entry.actor(),
                entry.actorName(),
                entry.action(),
                entry.resource(),
                entry.outcome().name(),
                entry.source(),
                entry.requestId(),
                entry.detail(),
                entry.previousHash());
    }

    /** The hash over the fields in the order of the format, as 64 hexadecimal digits. */
    static String hash(
            long sequence,
            long time,
            String actor,
            String actorName,
            String action,
            String resource,
            String outcome,
            String source,
            String requestId,
            String detail,
            String previousHash) {
        MessageDigest digest = Hashes.sha256();
        add(digest, FORMAT);
        add(digest, Long.toString(sequence));
        add(digest, Long.toString(time));
        add(digest, actor);
        add(digest, actorName);
        add(digest, action);
        add(digest, resource);
        add(digest, outcome);
        add(digest, source);
        add(digest, requestId);
        add(digest, detail);
        add(digest, previousHash);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String field) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
