package io.freehold.rest.memory;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.audit.AuditCheckpoint;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditExport;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.AuditQuery;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An audit log in a list, without hashes. */
public final class MemoryAudit implements AuditLog {
    private static final String ZEROS = "0".repeat(64);

    private final MemorySecurity security;
    public final List<AuditEntry> entries = new CopyOnWriteArrayList<>();
    public volatile @Nullable AuditQuery lastQuery;
    public volatile boolean intact = true;
    public volatile boolean full;

    MemoryAudit(MemorySecurity security) {
        this.security = security;
    }

    @Override
    public void record(Caller caller, String action, String resource, Outcome outcome, String detail) {
        if (full) {
            throw new FreeholdException(ErrorCode.UNAVAILABLE, "The disk is full.");
        }
        entries.add(new AuditEntry(
                entries.size() + 1,
                Instant.now(),
                caller.principal().toString(),
                caller.name(),
                action,
                resource,
                outcome,
                caller.origin().source(),
                caller.origin().requestId(),
                detail,
                ZEROS,
                ZEROS));
    }

    @Override
    public Page<AuditEntry> list(Caller caller, AuditQuery query) {
        security.require(caller, Permissions.AUDIT_READ, "audit");
        lastQuery = query;
        return new Page<>(List.copyOf(entries), null, entries.size());
    }

    @Override
    public Verification verify(Caller caller) {
        security.require(caller, Permissions.AUDIT_READ, "audit");
        return intact
                ? new Verification(true, entries.size(), ZEROS, 0, "", 3, 2)
                : new Verification(false, 1, ZEROS, 2, "entry 2 was changed", 0, 0);
    }

    @Override
    public AuditExport export(Caller caller, @Nullable Instant from, @Nullable Instant to) {
        security.require(caller, Permissions.AUDIT_READ, "audit");
        lastQuery = new AuditQuery(null, null, null, null, from, to, PageRequest.first());
        return sink -> {
            entries.forEach(sink);
            return new AuditCheckpoint(entries.size(), ZEROS, Instant.EPOCH, ZEROS, ZEROS + ZEROS);
        };
    }
}
