package io.freehold.security.audit;

import io.freehold.api.Page;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditExport;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.AuditQuery;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import io.freehold.security.support.Cursors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit log as the API offers it. */
public final class ChainedAuditLog implements AuditLog {
    private final Transactions transactions;
    private final AuditTrail trail;
    private final Authorizer authorizer;
    private final Anchors anchors;
    private final Segments segments;
    private final AuditThrottle alarms;

    /** @param alarms keeps the same finding from being recorded again and again */
    public ChainedAuditLog(
            Transactions transactions,
            AuditTrail trail,
            Authorizer authorizer,
            Anchors anchors,
            Segments segments,
            AuditThrottle alarms) {
        this.transactions = transactions;
        this.trail = trail;
        this.authorizer = authorizer;
        this.anchors = anchors;
        this.segments = segments;
        this.alarms = alarms;
    }

    @Override
    public void record(Caller caller, String action, String resource, Outcome outcome, String detail) {
        trail.record(caller, action, resource, outcome, detail);
    }

    @Override
    public Page<AuditEntry> list(Caller caller, AuditQuery query) {
        authorizer.require(caller, Permissions.AUDIT_READ, "audit");
        long before = Cursors.number(query.page().cursor(), Long.MAX_VALUE);
        int limit = query.page().limit();
        Filter filter = new Filter(query);
        return transactions.read(connection -> {
            List<AuditEntry> entries = Sql.all(
                    connection,
                    "SELECT * FROM security_audit WHERE sequence < ?" + filter.condition
                            + " ORDER BY sequence DESC LIMIT ?",
                    ChainedAuditLog::entry,
                    filter.values(before, limit + 1L));
            long total = Sql.number(
                    connection,
                    "SELECT COUNT(*) FROM security_audit WHERE sequence < ?" + filter.condition,
                    filter.values(Long.MAX_VALUE));
            return Cursors.page(entries, limit, total, entry -> Long.toString(entry.sequence()));
        });
    }

    @Override
    public Verification verify(Caller caller) {
        authorizer.require(caller, Permissions.AUDIT_READ, "audit");
        Verification found = segments.whileNoneIsRemoved(() -> transactions.read(
                connection -> anchors.verify(connection, new ChainVerifier(segments).verify(connection))));
        if (!found.ok()) {
            alarms.record(found.message(), more -> anchors.alarm(caller, found.message()));
        }
        return found;
    }

    @Override
    public AuditExport export(Caller caller, @Nullable Instant from, @Nullable Instant to) {
        authorizer.require(caller, Permissions.AUDIT_READ, "audit");
        trail.record(
                caller,
                "audit.export",
                "audit",
                Outcome.SUCCESS,
                (from == null ? "from the beginning" : "from " + from) + (to == null ? "" : " to " + to));
        return transactions.read(connection ->
                new ChainExport(transactions, anchors, segments, ExportRange.between(connection, segments, from, to)));
    }

    static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("sequence"),
                Instant.ofEpochMilli(row.getLong("time")),
                row.getString("actor"),
                row.getString("actor_name"),
                row.getString("action"),
                row.getString("resource"),
                outcome(row.getString("outcome")),
                row.getString("source"),
                row.getString("request_id"),
                row.getString("detail"),
                row.getString("previous_hash"),
                row.getString("hash"));
    }

    /** The outcome; in an altered row anything may stand, and the log must still be readable then. */
    private static Outcome outcome(String name) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome.name().equals(name)) {
                return outcome;
            }
        }
        return Outcome.FAILURE;
    }

    /** The query as SQL. */
    private static final class Filter {
        private final List<Object> values = new ArrayList<>();
        final String condition;

        Filter(AuditQuery query) {
            StringBuilder sql = new StringBuilder();
            if (query.actor() != null) {
                sql.append(" AND (actor = ? OR actor_name = ?)");
                values.add(query.actor());
                values.add(query.actor());
            }
            begins(sql, "action", query.action());
            begins(sql, "resource", query.resource());
            if (query.outcome() != null) {
                sql.append(" AND outcome = ?");
                values.add(query.outcome());
            }
            if (query.from() != null) {
                sql.append(" AND time >= ?");
                values.add(query.from());
            }
            if (query.to() != null) {
                sql.append(" AND time < ?");
                values.add(query.to());
            }
            condition = sql.toString();
        }

        private void begins(StringBuilder sql, String column, @Nullable String wanted) {
            if (wanted == null) {
                return;
            }
            if (wanted.endsWith("*")) {
                String beginning = wanted.substring(0, wanted.length() - 1);
                sql.append(" AND substr(").append(column).append(", 1, ?) = ?");
                values.add(beginning.codePointCount(0, beginning.length()));
                values.add(beginning);
            } else {
                sql.append(" AND ").append(column).append(" = ?");
                values.add(wanted);
            }
        }

        Object[] values(long before, Object... after) {
            List<Object> all = new ArrayList<>();
            all.add(before);
            all.addAll(values);
            all.addAll(List.of(after));
            return all.toArray();
        }
    }
}
