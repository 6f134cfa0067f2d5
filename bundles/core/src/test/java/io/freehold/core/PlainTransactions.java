package io.freehold.core;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.storage.Migration;
import io.freehold.api.storage.Transactions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One connection to SQLite or PostgreSQL, one piece of work at a time; can be made to refuse. */
final class PlainTransactions implements Transactions {
    private final Connection connection;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private int depth;
    private volatile boolean refusing;

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

    @Override
    public synchronized <T> T read(Work<T> work) {
        return run(work);
    }

    @Override
    public synchronized <T> T write(Work<T> work) {
        if (refusing) {
            throw new FreeholdException(ErrorCode.UNAVAILABLE, "The database cannot be written to.");
        }
        return run(work);
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
            boolean fresh = !database.createStatement()
                    .executeQuery("SELECT 1 FROM migrated")
                    .next();
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
}
