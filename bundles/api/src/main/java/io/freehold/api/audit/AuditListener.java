package io.freehold.api.audit;

import org.osgi.annotation.versioning.ConsumerType;

/** Register it as a service to be told of every audit entry once it is durable. Hand over, do not wait. */
@ConsumerType
public interface AuditListener {

    void recorded(AuditEntry entry);
}
