package io.freehold.security.audit;

import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.Outcome;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry as the line of JSON that an export has for it ({@code docs/reference/audit-format.md}). It is read
 * strictly: what means the same but is written otherwise is no line.
 */
final class EntryLine {
    private final String line;
    private int at;

    private EntryLine(String line) {
        this.line = line;
    }

    static String write(AuditEntry entry) {
        StringBuilder text = new StringBuilder(512).append("{\"sequence\":").append(entry.sequence());
        field(text, "time", entry.time().toString());
        field(text, "actor", entry.actor());
        field(text, "actorName", entry.actorName());
        field(text, "action", entry.action());
        field(text, "resource", entry.resource());
        field(text, "outcome", entry.outcome().name());
        field(text, "source", entry.source());
        field(text, "requestId", entry.requestId());
        field(text, "detail", entry.detail());
        field(text, "previousHash", entry.previousHash());
        field(text, "hash", entry.hash());
        return text.append('}').toString();
    }

    private static void field(StringBuilder text, String name, String value) {
        text.append(",\"").append(name).append("\":\"");
        text.append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }

    /** The entry; empty if the line is none. */
    static Optional<AuditEntry> parse(String line) {
        try {
            AuditEntry entry = new EntryLine(line).entry();
            return write(entry).equals(line) ? Optional.of(entry) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private AuditEntry entry() {
        skip("{\"sequence\":");
        int comma = line.indexOf(',', at);
        long sequence = Long.parseLong(line.substring(at, comma));
        at = comma;
        return new AuditEntry(
                sequence,
                Instant.parse(text("time")),
                text("actor"),
                text("actorName"),
                text("action"),
                text("resource"),
                Outcome.valueOf(text("outcome")),
                text("source"),
                text("requestId"),
                text("detail"),
                text("previousHash"),
                text("hash"));
    }

    private String text(String name) {
        skip(",\"" + name + "\":\"");
        StringBuilder text = new StringBuilder();
        for (char next = line.charAt(at++); next != '"'; next = line.charAt(at++)) {
            text.append(next == '\\' ? line.charAt(at++) : next);
        }
        return text.toString();
    }

    private void skip(String expected) {
        if (!line.startsWith(expected, at)) {
            throw new IllegalArgumentException("Not an entry");
        }
        at += expected.length();
    }
}
