package io.freehold.api.audit;

import io.freehold.api.PageRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted, newest first; null means any.
 *
 * @param actor a principal or a user's name
 * @param action an action, or the beginning of one with {@code *}: {@code instance.*}
 * @param resource a resource, or the beginning of one with {@code *}
 * @param from the earliest time
 * @param to the time that entries are before
 */
public record AuditQuery(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String resource,
        @Nullable Outcome outcome,
        @Nullable Instant from,
        @Nullable Instant to,
        PageRequest page) {}
