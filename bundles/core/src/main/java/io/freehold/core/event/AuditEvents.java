package io.freehold.core.event;

import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditListener;
import io.freehold.api.event.EventType;
import io.freehold.api.security.Permissions;

/** Makes an event of every audit entry, for those who may read the audit log. */
public final class AuditEvents implements AuditListener {
    private final Events events;

    public AuditEvents(Events events) {
        this.events = events;
    }

    @Override
    public void recorded(AuditEntry entry) {
        events.publish(EventType.AUDIT_WRITTEN, entry.sequence(), entry, Audience.holding(Permissions.AUDIT_READ));
    }
}
