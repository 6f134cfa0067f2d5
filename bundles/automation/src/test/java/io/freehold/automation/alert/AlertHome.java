package io.freehold.automation.alert;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.Secret;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditExport;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.AuditQuery;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Access;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Scope;
import io.freehold.api.security.Secrets;
import io.freehold.api.storage.Migration;
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import io.freehold.automation.AutomationComponent;
import io.freehold.automation.delivery.Delivery;
import io.freehold.automation.delivery.Targets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The bundle's services, put together as they are in the product, over a database in memory. */
final class AlertHome implements AutoCloseable {
    final Database database = new Database();
    final Recorded audit = new Recorded();
    final Sealing secrets = new Sealing();
    final Caller caller = Caller.core("test");
    boolean permitted = true;
    ChannelBook book;
    Outbox outbox;
    Alerts alerts;
    AlertChannels channels;

    AlertHome(String... privateHosts) {
        database.migrate("automation", AutomationComponent.MIGRATIONS);
        Targets targets = new Targets(Set.of(privateHosts));
        book = new ChannelBook(database, secrets, new Delivery(targets, Clock.systemUTC()), Clock.systemUTC());
        outbox = new Outbox(book, new WaitingAlerts(database), Clock.systemUTC());
        alerts = new Alerts(outbox);
        channels = new AlertChannels(database, new Permitting(), audit, book, Clock.systemUTC());
    }

    /** Stops delivering and begins anew with what the database has. */
    void restart() {
        outbox.close();
        outbox = new Outbox(book, new WaitingAlerts(database), Clock.systemUTC());
        alerts = new Alerts(outbox);
        outbox.start();
    }

    long waiting() {
        return database.read(connection -> Sql.number(connection, "SELECT COUNT(*) FROM automation_alert_waiting"));
    }

    @Override
    public void close() throws SQLException {
        outbox.close();
        database.connection.close();
    }

    static AuditEntry entry(
            Instant time, String actor, String action, String resource, Outcome outcome, String source, String detail) {
        String zeros = "0".repeat(64);
        return new AuditEntry(7, time, actor, "", action, resource, outcome, source, "request-1", detail, zeros, zeros);
    }

    final class Permitting implements Authorizer {
        @Override
        public Access access(Caller who) {
            throw new UnsupportedOperationException("nobody asks here");
        }

        @Override
        public void require(Caller who, Permission permission, String resource) {
            if (!permitted) {
                throw new FreeholdException(ErrorCode.DENIED, "You may not do that.");
            }
        }

        @Override
        public void require(
                Caller who, Permission permission, Permission seen, List<Scope> scopes, String what, String resource) {
            require(who, permission, resource);
        }
    }

    /** Seals by writing backwards, bound to the row. */
    static final class Sealing implements Secrets {
        boolean lost;

        @Override
        public String seal(Secret secret, String row) {
            return row + "|" + new StringBuilder(secret.reveal()).reverse();
        }

        @Override
        public Secret open(String sealed, String row) {
            if (lost || !sealed.startsWith(row + "|")) {
                throw new FreeholdException(ErrorCode.INTERNAL, "A stored secret was moved.");
            }
            return Secret.of(new StringBuilder(sealed.substring(row.length() + 1))
                    .reverse()
                    .toString());
        }
    }

    static final class Recorded implements AuditLog {
        final List<String> entries = new CopyOnWriteArrayList<>();
        boolean full;

        @Override
        public void record(Caller caller, String action, String resource, Outcome outcome, String detail) {
            if (full) {
                throw new FreeholdException(ErrorCode.UNAVAILABLE, "The disk is full.");
            }
            entries.add(action + " " + outcome + " " + detail);
        }

        @Override
        public Page<AuditEntry> list(Caller caller, AuditQuery query) {
            throw new UnsupportedOperationException("nobody reads here");
        }

        @Override
        public Verification verify(Caller caller) {
            throw new UnsupportedOperationException("nobody verifies here");
        }

        @Override
        public AuditExport export(Caller caller, @Nullable Instant from, @Nullable Instant to) {
            throw new UnsupportedOperationException("nobody exports here");
        }
    }

    /** One connection, one piece of work at a time. */
    static final class Database implements Transactions {
        final Connection connection;
        private final List<Runnable> actions = new ArrayList<>();
        /** Whether what comes after a commit waits, as if other writes were in the same group. */
        boolean grouping;

        Database() {
            try {
                connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                connection.setAutoCommit(false);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public synchronized <T extends @Nullable Object> T read(Work<T> work) {
            try {
                return work.on(connection);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public synchronized <T extends @Nullable Object> T write(Work<T> work) {
            try {
                T result = work.on(connection);
                connection.commit();
                if (!grouping) {
                    List.copyOf(actions).forEach(Runnable::run);
                    actions.clear();
                }
                return result;
            } catch (SQLException | RuntimeException e) {
                try {
                    connection.rollback();
                } catch (SQLException again) {
                    e.addSuppressed(again);
                }
                actions.clear();
                throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
            }
        }

        @Override
        public void afterCommit(Runnable action) {
            actions.add(action);
        }

        @Override
        public void migrate(String owner, List<Migration> migrations) {
            write(c -> {
                try (Statement statement = c.createStatement()) {
                    for (Migration migration : migrations) {
                        statement.executeUpdate(migration.sql());
                    }
                }
                return owner;
            });
        }

        @Override
        public String description() {
            return "SQLite in memory";
        }
    }
}
