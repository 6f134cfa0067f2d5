package io.freehold.storage;

import io.freehold.api.storage.Transactions.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes what has queued up, runs each piece of work in a savepoint of one
 * transaction, commits once, runs the actions for after the commit, and only then lets the callers go on.
 * After any trouble it opens a new connection with the next group, so that it recovers by itself.
 */
final class Writer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Writer.class);
    private static final int GROUP = 256;
    private static final long CLOSE_MILLIS = 1500;

    private final Database database;
    private final ThreadLocal<@Nullable Scope> current;
    private final BlockingQueue<WriteTask<?>> queue = new LinkedBlockingQueue<>();
    private final WriteTask<?> end = new WriteTask<>(c -> true);
    private final AtomicLong commits = new AtomicLong();
    private final Thread thread = new Thread(this::loop, "freehold-storage-writer");
    // The three below belong to the writer's thread, the connection from the start on.
    private @Nullable Connection connection;
    private boolean failing;
    private boolean ended;
    private volatile boolean closed;

    /** @param connection the first connection, opened by the caller so that it can tell why it cannot be */
    Writer(Database database, Connection connection, ThreadLocal<@Nullable Scope> current) {
        this.database = database;
        this.connection = connection;
        this.current = current;
        thread.setDaemon(true);
        thread.start();
    }

    /** Queues the work and waits until it is durable or has failed. */
    <T extends @Nullable Object> T write(Work<T> work, long limitMillis) throws Throwable {
        WriteTask<T> task = new WriteTask<>(work);
        synchronized (this) {
            if (closed) {
                throw Failures.unavailable(null);
            }
            queue.add(task);
        }
        return task.await(limitMillis);
    }

    /** Whether the caller is the writer itself, which would wait for itself for ever. */
    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /** How many transactions have been committed; fewer than there were writes when they come together. */
    long commits() {
        return commits.get();
    }

    /** How many writes wait for the next transaction. */
    int queued() {
        return queue.size();
    }

    private void loop() {
        List<WriteTask<?>> group = new ArrayList<>(GROUP);
        while (!ended) {
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                // Nobody but close() ends this thread; work in its callers' hands must not be dropped.
                continue;
            }
            queue.drainTo(group, GROUP - 1);
            ended = group.remove(end);
            if (!group.isEmpty()) {
                process(group);
            }
            group.clear();
        }
        discardConnection();
    }

    private void process(List<WriteTask<?>> group) {
        try {
            Connection open = begin();
            group.forEach(task -> task.run(open, current));
            open.setAutoCommit(true); // commits
            commits.incrementAndGet();
        } catch (SQLException | RuntimeException | Error e) {
            fail(group, e);
            return;
        }
        if (failing) {
            failing = false;
            log.info("The database can be written to again.");
        }
        for (WriteTask<?> task : group) {
            task.actions().forEach(this::runAction);
            task.complete();
        }
    }

    private Connection begin() throws SQLException {
        Connection open = connection;
        if (open != null) {
            try {
                database.begin(open);
                return open;
            } catch (SQLException e) {
                if (!database.connectionLost(e)) {
                    throw e;
                }
                // It died while idle and nothing was asked of it yet: a new one may be fine.
                discardConnection();
            }
        }
        open = database.openWriter();
        connection = open;
        database.begin(open);
        return open;
    }

    /** Fails the group and all that came meanwhile, so that nobody waits through the next time-out as well. */
    private void fail(List<WriteTask<?>> group, Throwable reason) {
        discardConnection();
        queue.drainTo(group);
        ended |= group.remove(end);
        if (!failing) {
            failing = true;
            log.error("The database cannot be written to; writes are refused until it can: {}", reason.getMessage());
        }
        group.forEach(task -> task.fail(Failures.unavailable(reason)));
    }

    private void runAction(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            // The change is durable, so its caller must hear that it succeeded.
            log.error("An action after a commit failed", e);
        }
    }

    private void discardConnection() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                log.debug("A broken connection did not close cleanly", e);
            }
        }
    }

    /** Refuses new work, finishes what is queued and closes the connection, within {@value #CLOSE_MILLIS} ms. */
    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                queue.add(end);
            }
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            log.warn("A write did not end in time; it is rolled back when the process ends.");
        }
    }
}
