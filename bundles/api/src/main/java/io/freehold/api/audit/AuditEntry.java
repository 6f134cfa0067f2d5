package io.freehold.api.audit;

import java.time.Instant;

/**
 * One recorded event.
 *
 * @param sequence counts up from 1 without gaps
 * @param actor the principal, such as {@code user:…}
 * @param actorName the user's name at that time
 * @param action such as {@code instance.start}
 * @param resource what it was done to, such as {@code instances/…}; empty if nothing in particular
 * @param source the address of the client, or {@code local}
 * @param detail more, for people; never a secret; may be empty
 * @param previousHash the hash of the entry before, 64 hexadecimal digits; zeros for the first
 * @param hash SHA-256 over every other component, 64 hexadecimal digits
 */
public record AuditEntry(
        long sequence,
        Instant time,
        String actor,
        String actorName,
        String action,
        String resource,
        Outcome outcome,
        String source,
        String requestId,
        String detail,
        String previousHash,
        String hash) {}
