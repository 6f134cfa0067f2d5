package io.freehold.security;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.storage.Migration;
import io.freehold.api.storage.Transactions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Transactions over one connection, one at a time; real storage is another bundle's and tested with it. */
final class TestDatabase implements Transactions, AutoCloseable {
    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final List<Runnable> actions = new ArrayList<>();
    private boolean writing;
    private volatile boolean broken;
    private @Nullable Runnable beforeNextWrite;

    private TestDatabase(String url, String... first) throws SQLException {
        connection = DriverManager.getConnection(url);
        for (String sql : first) {
            run(sql);
        }
        run("CREATE TABLE IF NOT EXISTS applied (owner TEXT, version INTEGER)");
        connection.setAutoCommit(false);
    }

    static TestDatabase sqlite(Path file) throws SQLException {
        return new TestDatabase("jdbc:sqlite:" + file, "PRAGMA foreign_keys = ON", "PRAGMA synchronous = OFF");
    }

    /** A schema of its own, gone with the connection. */
    static TestDatabase postgres(String url) throws SQLException {
        return new TestDatabase(url, "SET search_path TO pg_temp");
    }

    /** From now on, or no longer, every write fails before it begins. */
    void breakWrites(boolean yes) {
        broken = yes;
    }

    /** What happens just before the next write begins. */
    void beforeNextWrite(Runnable action) {
        beforeNextWrite = action;
    }

    /** Changes the database behind everybody's back. */
    void tamper(String sql) {
        write(c -> {
            run(sql);
            return sql;
        });
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
        lock.lock();
        try {
            return on(work);
        } finally {
            if (!writing) {
                rollback();
            }
            lock.unlock();
        }
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
        lock.lock();
        try {
            if (writing) {
                return on(work);
            }
            Runnable before = beforeNextWrite;
            beforeNextWrite = null;
            if (before != null) {
                before.run();
            }
            if (broken) {
                throw new FreeholdException(ErrorCode.UNAVAILABLE, "The database cannot be written.");
            }
            return commit(work);
        } finally {
            lock.unlock();
        }
    }

    private <T extends @Nullable Object> T commit(Work<T> work) {
        writing = true;
        boolean done = false;
        try {
            T result = on(work);
            connection.commit();
            done = true;
            writing = false;
            List.copyOf(actions).forEach(Runnable::run);
            return result;
        } catch (SQLException e) {
            throw new FreeholdException(ErrorCode.UNAVAILABLE, "The database failed.", e);
        } finally {
            writing = false;
            actions.clear();
            if (!done) {
                rollback();
            }
        }
    }

    private <T extends @Nullable Object> T on(Work<T> work) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw new FreeholdException(ErrorCode.UNAVAILABLE, "The database failed: " + e.getMessage(), e);
        }
    }

    private void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void afterCommit(Runnable action) {
        if (writing && lock.isHeldByCurrentThread()) {
            actions.add(action);
        } else {
            action.run();
        }
    }

    @Override
    public void migrate(String owner, List<Migration> migrations) {
        for (Migration migration : migrations) {
            write(c -> {
                try (Statement statement = c.createStatement();
                        var rows = statement.executeQuery("SELECT 1 FROM applied WHERE owner = '" + owner
                                + "' AND version = " + migration.version())) {
                    if (rows.next()) {
                        return false;
                    }
                }
                for (String sql : migration.sql().split(";\\s*\n", -1)) {
                    if (!sql.isBlank()) {
                        run(sql);
                    }
                }
                run("INSERT INTO applied VALUES ('" + owner + "', " + migration.version() + ")");
                return true;
            });
        }
    }

    @Override
    public String description() {
        return "SQLite, for tests";
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
