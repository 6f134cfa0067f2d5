package io.freehold.api.storage;

import io.freehold.api.FreeholdException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Work on Freehold's database. A call inside another one's work, on the same thread, joins it: it sees
 * the same connection and commits or rolls back with it. Callers neither commit nor close.
 *
 * <p>When {@link #write} returns, what was written is on the disk and survives a crash. One thread writes and
 * commits together what has queued up, so work inside {@link #write} runs on that thread and not on its caller's; a
 * piece of work that throws is rolled back alone, also inside another one that catches its exception. Do not wait
 * for anything but the database inside work.
 */
@ProviderType
public interface Transactions {

    /** What is done with a connection; any exception rolls it back. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Reads one consistent state of the database. Inside {@link #write} it sees that work's own changes.
     *
     * @throws FreeholdException {@code UNAVAILABLE} if the database cannot be used
     */
    <T extends @Nullable Object> T read(Work<T> work);

    /**
     * Runs work that changes the database and returns once it is durable.
     *
     * @throws FreeholdException {@code UNAVAILABLE} if the database cannot be used: nothing was
     *     acknowledged; an exception of the work itself is passed on unchanged
     * @throws IllegalStateException inside {@link #read}, whose view may be out of date, and inside an action of
     *     {@link #afterCommit}, which would wait for itself
     */
    <T extends @Nullable Object> T write(Work<T> work);

    /**
     * Runs an action once the surrounding {@link #write} is durable, and never if it rolls back; at once
     * where there is no surrounding write. Actions run in the order given and in the order of commits, and have
     * run when the surrounding write returns: all writers wait for them, so they are short.
     */
    void afterCommit(Runnable action);

    /**
     * Brings an owner's tables up to date: applies, in order, each in its own transaction, the migrations
     * that are not yet recorded. Call it when the owning component activates.
     *
     * @param owner whose tables these are, such as {@code security}; tables are named {@code security_…}
     * @throws FreeholdException {@code CONFLICT} if a recorded migration has changed or is missing, or the
     *     database is newer than this version of Freehold; {@code UNAVAILABLE} as for {@link #write}
     */
    void migrate(String owner, List<Migration> migrations);

    /** What is in use, for {@code doctor} and {@code GET /system}, without credentials: {@code SQLite 3.50}, … */
    String description();
}
