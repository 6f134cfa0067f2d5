package io.freehold.core;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.storage.Migration;
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One connection to SQLite or PostgreSQL, one piece of work at a time; can be made to refuse. */
final class PlainTransactions implements Transactions, AutoCloseable {
    private final Connection connection;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private int depth;
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean refusing;
    private volatile @Nullable Thread lastWriter;
    private volatile boolean faulty;

    PlainTransactions(String url) {
        try {
            connection = DriverManager.getConnection(url);
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on nothing can be written, or it can again. */
    void refuse(boolean value) {
        refusing = value;
    }

    /** Nothing can be written any more once the next write of this thread is committed. */
    void refuseAfterMyNextWrite() {
        lastWriter = Thread.currentThread();
    }

    /** From now on writing fails by a fault, which is no refusal, or no longer. */
    void fault(boolean value) {
        faulty = value;
    }

    /** How many writes were refused or failed by a fault. */
    int refused() {
        return refused.get();
    }

    @Override
    public synchronized <T> T read(Work<T> work) {
        return run(work);
    }

    @Override
    public synchronized <T> T write(Work<T> work) {
        if (refusing) {
            refused.incrementAndGet();
            throw new FreeholdException(ErrorCode.UNAVAILABLE, "The database cannot be written to.");
        }
        if (faulty) {
            refused.incrementAndGet();
            throw new IllegalStateException("thrown by a test");
        }
        T result = run(work);
        if (Thread.currentThread().equals(lastWriter) && depth == 0) {
            lastWriter = null;
            refusing = true;
        }
        return result;
    }

    private <T> T run(Work<T> work) {
        depth++;
        boolean done = false;
        try {
            T result = work.on(connection);
            done = true;
            return result;
        } catch (SQLException e) {
            throw new FreeholdException(ErrorCode.UNAVAILABLE, "SQL failed", e);
        } finally {
            if (--depth == 0) {
                end(done);
            }
        }
    }

    private void end(boolean commit) {
        List<Runnable> actions = List.copyOf(afterCommit);
        afterCommit.clear();
        try {
            if (commit) {
                connection.commit();
                actions.forEach(Runnable::run);
            } else {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new FreeholdException(ErrorCode.UNAVAILABLE, "SQL failed", e);
        }
    }

    @Override
    public synchronized void afterCommit(Runnable action) {
        if (depth == 0) {
            action.run();
        } else {
            afterCommit.add(action);
        }
    }

    @Override
    public void migrate(String owner, List<Migration> migrations) {
        write(database -> {
            database.createStatement().execute("CREATE TABLE IF NOT EXISTS migrated (name TEXT)");
            boolean fresh =
                    Sql.first(database, "SELECT 1 FROM migrated", row -> true).isEmpty();
            try (Statement statement = database.createStatement()) {
                for (Migration migration : fresh ? migrations : List.<Migration>of()) {
                    for (String sql : migration.sql().split(";\\s*\n", -1)) {
                        if (!sql.isBlank()) {
                            statement.execute(sql.strip().replaceAll(";$", ""));
                        }
                    }
                    statement.execute("INSERT INTO migrated VALUES ('" + migration.name() + "')");
                }
            }
            return fresh;
        });
    }

    @Override
    public String description() {
        return "plain";
    }

    /** What still has to do with the database fails from now on. */
    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
