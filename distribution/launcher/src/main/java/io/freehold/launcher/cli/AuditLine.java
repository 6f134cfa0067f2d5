package io.freehold.launcher.cli;

import io.freehold.launcher.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A line of an export, a segment or the anchors ({@code docs/reference/audit-format.md}). It is read strictly: what
 * means the same but is written otherwise is no line, so that every byte counts.
 */
record AuditLine(Kind kind, long sequence, Instant time, Map<?, ?> fields) {
    /** What a line is. */
    enum Kind {
        /** One recorded event. */
        ENTRY,
        /** The end of an export, or an anchor. */
        CHECKPOINT,
        /** The end of a sealed segment. */
        SEGMENT
    }

    private static final List<String> ENTRY = List.of(
            "sequence",
            "time",
            "actor",
            "actorName",
            "action",
            "resource",
            "outcome",
            "source",
            "requestId",
            "detail",
            "previousHash",
            "hash");
    private static final List<String> CHECKPOINT =
            List.of("checkpoint", "sequence", "hash", "time", "key", "signature");
    private static final List<String> SEGMENT =
            List.of("segment", "number", "first", "sequence", "previousHash", "hash", "time", "key", "signature");
    private static final Set<String> NUMBERS = Set.of("sequence", "number", "first");
    private static final String CHECKPOINT_FORMAT = "freehold-checkpoint-1";
    private static final String SEGMENT_FORMAT = "freehold-segment-1";

    /** What comes before the 32 bytes of an Ed25519 key (RFC 8410). */
    private static final String KEY_PREFIX = "302a300506032b6570032100";

    /** Reads a line without its end; empty if it is none. */
    static Optional<AuditLine> parse(String text) {
        try {
            Map<?, ?> fields = Json.object(text);
            Kind kind = kind(fields);
            if (!text.equals(write(fields, names(kind)))
                    || !typed(fields)
                    || !(fields.get("sequence") instanceof Long sequence)) {
                return Optional.empty();
            }
            Instant time = Instant.parse(String.valueOf(fields.get("time")));
            return time.toString().equals(fields.get("time"))
                    ? Optional.of(new AuditLine(kind, sequence, time, fields))
                    : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether numbers are where numbers are written, and texts everywhere else. */
    private static boolean typed(Map<?, ?> fields) {
        return fields.entrySet().stream()
                .allMatch(field -> NUMBERS.contains(field.getKey())
                        ? field.getValue() instanceof Long
                        : field.getValue() instanceof String);
    }

    private static Kind kind(Map<?, ?> fields) {
        if (CHECKPOINT_FORMAT.equals(fields.get("checkpoint"))) {
            return Kind.CHECKPOINT;
        }
        return SEGMENT_FORMAT.equals(fields.get("segment")) ? Kind.SEGMENT : Kind.ENTRY;
    }

    private static List<String> names(Kind kind) {
        return switch (kind) {
            case ENTRY -> ENTRY;
            case CHECKPOINT -> CHECKPOINT;
            case SEGMENT -> SEGMENT;
        };
    }

    private static String write(Map<?, ?> fields, List<String> names) {
        StringBuilder text = new StringBuilder("{");
        for (String name : names) {
            Object value = fields.get(name);
            text.append(text.length() == 1 ? "" : ",").append(Json.quote(name)).append(':');
            text.append(value instanceof String string ? Json.quote(string) : String.valueOf(value));
        }
        return text.append('}').toString();
    }

    String text(String field) {
        return String.valueOf(fields.get(field));
    }

    boolean isCheckpoint() {
        return kind == Kind.CHECKPOINT;
    }

    /** A whole number; 0 if it is none. */
    long number(String field) {
        return fields.get(field) instanceof Long number ? number : 0;
    }

    /** The hash that an entry with these fields has. */
    String entryHash() {
        MessageDigest digest = sha256();
        add(digest, "freehold-audit-1");
        for (String name : ENTRY.subList(0, ENTRY.size() - 1)) {
            add(digest, name.equals("time") ? Long.toString(time.toEpochMilli()) : text(name));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Whether a checkpoint, or the end of a segment, is signed by the key that it names. */
    boolean signed() {
        if (!text("key").matches("[0-9a-f]{64}") || !text("signature").matches("[0-9a-f]{128}")) {
            return false;
        }
        try {
            byte[] key = HexFormat.of().parseHex(KEY_PREFIX + text("key"));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
            signature.update(signedText().getBytes(StandardCharsets.US_ASCII));
            return signature.verify(HexFormat.of().parseHex(text("signature")));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private String signedText() {
        String state = sequence + " " + text("hash") + " " + time;
        return kind == Kind.CHECKPOINT
                ? CHECKPOINT_FORMAT + " " + state
                : String.join(
                        " ",
                        SEGMENT_FORMAT,
                        text("number"),
                        text("first"),
                        Long.toString(sequence),
                        text("previousHash"),
                        text("hash"),
                        time.toString());
    }

    private static void add(MessageDigest digest, String field) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
