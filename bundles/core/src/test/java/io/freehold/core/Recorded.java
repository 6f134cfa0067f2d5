package io.freehold.core;

import io.freehold.api.Page;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditExport;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.AuditQuery;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Collects what is recorded. */
final class Recorded implements AuditLog {
    private final List<String> entries = new CopyOnWriteArrayList<>();
    private final List<String> details = new CopyOnWriteArrayList<>();

    /** Each as {@code name action resource OUTCOME}. */
    List<String> entries() {
        return entries;
    }

    /** What was said beside each of them. */
    List<String> details() {
        return details;
    }

    @Override
    public void record(Caller caller, String action, String resource, Outcome outcome, String detail) {
        entries.add(caller.name() + " " + action + " " + resource + " " + outcome);
        details.add(detail);
    }

    @Override
    public Page<AuditEntry> list(Caller caller, AuditQuery query) {
        return new Page<>(List.of(), null, 0);
    }

    @Override
    public Verification verify(Caller caller) {
        return new Verification(true, entries.size(), "", 0, "", 0, 0);
    }

    @Override
    public AuditExport export(Caller caller, @Nullable Instant from, @Nullable Instant to) {
        throw new UnsupportedOperationException("nobody exports here");
    }
}
