package io.freehold.rest.memory;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.storage.Migration;
import io.freehold.api.storage.Transactions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One SQLite database in memory, one piece of work at a time. */
public final class SqliteTransactions implements Transactions {
    private final Connection connection;
    public volatile boolean broken;

    SqliteTransactions() {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized <T extends @Nullable Object> T read(Work<T> work) {
        if (broken) {
            throw new FreeholdException(ErrorCode.UNAVAILABLE, "The database cannot be used.");
        }
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
        return read(work);
    }

    @Override
    public void afterCommit(Runnable action) {
        action.run();
    }

    @Override
    public void migrate(String owner, List<Migration> migrations) {
        write(c -> {
            for (Migration migration : migrations) {
                try (Statement statement = c.createStatement()) {
                    statement.executeUpdate(migration.sql());
                }
            }
            return null;
        });
    }

    @Override
    public String description() {
        return "SQLite in memory";
    }
}
