package io.freehold.security.audit;

import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditListener;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends to the audit log. An entry commits with the transaction that it is written in; the row that
 * holds the head of the chain is locked until then, so that entries never fork.
 */
public final class AuditTrail {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final int MAX_FIELD = 256;
    private static final int MAX_DETAIL = 2000;

    private final Transactions transactions;
    private final Clock clock;
    private final List<AuditListener> listeners;

    /**
     * Makes the trail.
     *
     * @param listeners who is told; may change at any time, so it must be safe to iterate meanwhile
     */
    public AuditTrail(Transactions transactions, Clock clock, List<AuditListener> listeners) {
        this.transactions = transactions;
        this.clock = clock;
        this.listeners = listeners;
    }

    /**
     * Records something in the surrounding transaction, or in one of its own.
     *
     * @throws io.freehold.api.FreeholdException {@code UNAVAILABLE} if it cannot be recorded
     */
    public void record(Caller caller, String action, String resource, Outcome outcome, String detail) {
        transactions.write(connection -> record(connection, caller, action, resource, outcome, detail));
    }

    /** Records something in the running transaction. */
    public AuditEntry record(
            Connection connection, Caller caller, String action, String resource, Outcome outcome, String detail)
            throws SQLException {
        AuditEntry entry = append(connection, caller, action, resource, outcome, detail);
        transactions.afterCommit(() -> tell(entry));
        return entry;
    }

    /**
     * Makes every other change of users, bindings, sessions and of the log wait for the end of this
     * transaction, so that what it reads stays true until it commits. Call it first.
     */
    public void hold(Connection connection) throws SQLException {
        Sql.update(connection, "UPDATE security_audit_head SET sequence = sequence WHERE id = 1");
    }

    private AuditEntry append(
            Connection connection, Caller caller, String action, String resource, Outcome outcome, String detail)
            throws SQLException {
        hold(connection);
        Head head = Head.read(connection);
        long time = clock.millis();
        long sequence = head.sequence() + 1;
        String actor = clean(caller.principal().toString(), MAX_FIELD);
        String actorName = clean(caller.name(), MAX_FIELD);
        String what = clean(action, MAX_FIELD);
        String on = clean(resource, MAX_FIELD);
        String source = clean(caller.origin().source(), MAX_FIELD);
        String requestId = clean(caller.origin().requestId(), MAX_FIELD);
        String more = clean(detail, MAX_DETAIL);
        String hash = Chain.hash(
                sequence, time, actor, actorName, what, on, outcome.name(), source, requestId, more, head.hash());
        Sql.update(
                connection,
                "INSERT INTO security_audit (sequence, time, actor, actor_name, action, resource, outcome, source,"
                        + " request_id, detail, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                sequence,
                time,
                actor,
                actorName,
                what,
                on,
                outcome.name(),
                source,
                requestId,
                more,
                head.hash(),
                hash);
        Sql.update(connection, "UPDATE security_audit_head SET sequence = ?, hash = ? WHERE id = 1", sequence, hash);
        return new AuditEntry(
                sequence,
                Instant.ofEpochMilli(time),
                actor,
                actorName,
                what,
                on,
                outcome,
                source,
                requestId,
                more,
                head.hash(),
                hash);
    }

    private void tell(AuditEntry entry) {
        for (AuditListener listener : listeners) {
            try {
                listener.recorded(entry);
            } catch (RuntimeException e) {
                LOG.warn("A listener failed on audit entry {}; the entry stands.", entry.sequence(), e);
            }
        }
    }

    /** Text that every database stores and returns as it is: no control characters, no half characters. */
    private static String clean(String text, int max) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), max));
        text.codePoints()
                .limit(max)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
