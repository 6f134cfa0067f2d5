package io.freehold.core.util;

import io.freehold.api.audit.AuditLog;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Secrets;
import io.freehold.api.storage.Transactions;
import java.time.Clock;

/** What the rooms of the core stand on. */
public record Platform(
        Transactions transactions,
        Authorizer authorizer,
        AuditLog audit,
        Secrets secrets,
        Workers workers,
        Sequence revisions,
        Ids ids,
        Json json,
        Timings timings,
        Clock clock) {}
