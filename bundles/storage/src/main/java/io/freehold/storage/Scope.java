package io.freehold.storage;

import io.freehold.api.storage.Transactions.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The transaction that a thread is in: its connection, and what to do once it is durable. */
final class Scope {
    private final Connection raw;
    private final Connection guarded;
    private final boolean writable;
    private final List<Runnable> actions = new ArrayList<>();

    Scope(Connection raw, boolean writable) {
        this.raw = raw;
        this.guarded = GuardedConnection.of(raw);
        this.writable = writable;
    }

    boolean writable() {
        return writable;
    }

    /** The actions to run after the commit, in the order given. */
    List<Runnable> actions() {
        return actions;
    }

    <T extends @Nullable Object> T run(Work<T> work) throws SQLException {
        return work.on(guarded);
    }

    /**
     * Runs work in a savepoint: if it throws, its changes and actions are undone alone. PostgreSQL needs the
     * savepoint to go on after a failed statement at all.
     *
     * @throws DoomedException if the savepoint could not be rolled back to, so that all around it is lost
     */
    <T extends @Nullable Object> T runInSavepoint(Work<T> work) throws SQLException {
        int before = actions.size();
        Savepoint savepoint = begin();
        try {
            T result = run(work);
            raw.releaseSavepoint(savepoint);
            return result;
        } catch (Throwable failure) {
            actions.subList(before, actions.size()).clear();
            rollBack(savepoint, failure);
            throw failure;
        }
    }

    private Savepoint begin() {
        try {
            return raw.setSavepoint();
        } catch (SQLException e) {
            throw new DoomedException(e);
        }
    }

    private void rollBack(Savepoint savepoint, Throwable failure) {
        try {
            raw.rollback(savepoint);
            raw.releaseSavepoint(savepoint);
        } catch (SQLException e) {
            failure.addSuppressed(e);
            throw new DoomedException(failure);
        }
    }

    /** The transaction as a whole is lost: its connection broke, or the database ended it by itself. */
    static final class DoomedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DoomedException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }
}
