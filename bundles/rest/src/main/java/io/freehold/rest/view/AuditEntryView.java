package io.freehold.rest.view;

import io.freehold.api.audit.AuditEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** An entry of the audit log as the API shows it. */
@Schema(name = "AuditEntry", description = "One recorded event, chained to the one before by its hash.")
public record AuditEntryView(
        long sequence,
        Instant time,
        String actor,
        String actorName,
        String action,
        String resource,

        @Schema(allowableValues = {"SUCCESS", "DENIED", "FAILURE", "INTENT"})
        String outcome,

        String source,
        String requestId,
        String detail,
        String previousHash,
        String hash) {
    public static AuditEntryView of(AuditEntry entry) {
        return new AuditEntryView(
                entry.sequence(),
                entry.time(),
                entry.actor(),
                entry.actorName(),
                entry.action(),
                entry.resource(),
                entry.outcome().name(),
                entry.source(),
                entry.requestId(),
                entry.detail(),
                entry.previousHash(),
                entry.hash());
    }
}
