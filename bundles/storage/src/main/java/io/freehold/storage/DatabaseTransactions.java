package io.freehold.storage;

import io.freehold.api.storage.Migration;
import io.freehold.api.storage.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@link Transactions} over a {@link Database}: readers on their callers' threads, writes on the one of the
 * {@link Writer}, calls inside work joined to it. A write inside a write runs in a savepoint, so that it can
 * be caught when it fails; a write inside a read is refused, because what was read may be out of date.
 */
final class DatabaseTransactions implements Transactions, AutoCloseable {
    /** A write that cannot be recorded is refused within two seconds, also behind others that wait for a lock. */
    private static final long WRITE_MILLIS = 1_900;

    private static final int MIGRATE_MILLIS = 600_000;

    private final Database database;
    private final Failures failures;

    @SuppressWarnings("ThreadLocalUsage") // one database, one store: two in one JVM must not meet
    private final ThreadLocal<@Nullable Scope> current = new ThreadLocal<>();

    private final Writer writer;

    /**
     * @throws SQLException if the database cannot be opened; it is then closed again
     */
    DatabaseTransactions(Database database) throws SQLException {
        this.database = database;
        this.failures = new Failures(database);
        Connection first = database.openWriter();
        try {
            Migrations.prepare(database, first);
        } catch (SQLException e) {
            first.close();
            throw e;
        }
        this.writer = new Writer(database, first, current);
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
        Scope joined = current.get();
        try {
            return joined == null ? readAlone(work) : joined.run(work);
        } catch (Throwable e) {
            throw failures.of(e);
        }
    }

    private <T extends @Nullable Object> T readAlone(Work<T> work) throws SQLException {
        try (Connection connection = openReader()) {
            Scope scope = new Scope(connection, false);
            current.set(scope);
            try {
                return scope.run(work);
            } finally {
                current.remove();
            }
        }
    }

    private Connection openReader() {
        try {
            return database.openReader();
        } catch (SQLException e) {
            throw Failures.unavailable(e);
        }
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
        return write(work, WRITE_MILLIS);
    }

    private <T extends @Nullable Object> T write(Work<T> work, long limitMillis) {
        Scope joined = current.get();
        if (joined != null && !joined.writable()) {
            throw new IllegalStateException("write() inside read(): begin with write() what may have to write");
        }
        if (joined == null && writer.isCurrentThread()) {
            throw new IllegalStateException("write() inside an action after a commit: hand it to another thread");
        }
        try {
            return joined == null ? writer.write(work, limitMillis) : joined.runInSavepoint(work);
        } catch (Scope.DoomedException e) {
            throw e; // the writer tells everyone
        } catch (Throwable e) {
            throw failures.of(e);
        }
    }

    @Override
    public void afterCommit(Runnable action) {
        Scope scope = current.get();
        if (scope != null && scope.writable()) {
            scope.actions().add(action);
        } else {
            action.run();
        }
    }

    @Override
    public void migrate(String owner, List<Migration> migrations) {
        Migrations checked = new Migrations(owner, migrations);
        List<Migration> missing = read(checked::missing);
        for (Migration migration : missing) {
            write(
                    connection -> {
                        apply(connection, checked, migration);
                        return null;
                    },
                    MIGRATE_MILLIS);
        }
    }

    /** A connection gives up on a statement after seconds, and one of a migration may take minutes. */
    private static void apply(Connection connection, Migrations migrations, Migration migration) throws SQLException {
        int usual = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, MIGRATE_MILLIS);
        try {
            migrations.apply(connection, migration);
        } finally {
            if (!connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, usual);
            }
        }
    }

    @Override
    public String description() {
        return database.description();
    }

    /** How many transactions have been committed for writes. */
    long commits() {
        return writer.commits();
    }

    /** How many writes wait for the next transaction. */
    int queued() {
        return writer.queued();
    }

    @Override
    public void close() {
        writer.close();
        database.close();
    }
}
