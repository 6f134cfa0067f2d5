package io.freehold.rest.console;

import io.freehold.rest.limit.Room;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** Sends a console client what waits for it, one message in flight at a time. Thread-safe. */
final class Outgoing {
    private static final int QUEUE_CHARS = 256 * 1024;
    private static final long QUEUE_PATIENCE_MILLIS = 250;

    private final OutputQueue queue;
    private final AtomicBoolean sending = new AtomicBoolean();
    private final Runnable failed;
    private volatile @Nullable Session session;

    /**
     * @param room what all clients' queues take their memory from
     * @param failed is run when a message cannot be sent
     */
    Outgoing(Room room, Runnable failed) {
        queue = new OutputQueue(QUEUE_CHARS, QUEUE_PATIENCE_MILLIS, room);
        this.failed = failed;
    }

    /** Begins to send: until now everything waited. */
    void open(Session opened) {
        session = opened;
        flush();
    }

    /** Sends output of the terminal; may block for a moment. */
    void output(byte[] data) {
        queue.output(data);
        flush();
    }

    /**
     * Sends a message that is not output.
     *
     * @return false if it was left out because too many of them wait: the client does not read
     */
    boolean message(String message) {
        boolean taken = queue.message(message);
        if (taken) {
            flush();
        }
        return taken;
    }

    /** Sends a message that is of no use later, unless something waits already. */
    void messageUnlessBehind(String message) {
        if (!queue.hasMore()) {
            queue.message(message);
        }
        flush();
    }

    /** Whether something waits. */
    boolean hasMore() {
        return queue.hasMore();
    }

    /** Lets go of what waits, and of whoever waits for room. */
    void close() {
        queue.close();
    }

    /** Sends what waits, unless somebody is at it. */
    private void flush() {
        Session open = session;
        if (open == null || !sending.compareAndSet(false, true)) {
            return;
        }
        String message = queue.next();
        if (message != null) {
            open.sendText(message, Callback.from(this::sent, failure -> failed.run()));
            return;
        }
        sending.set(false);
        if (queue.hasMore()) {
            flush();
        }
    }

    private void sent() {
        sending.set(false);
        flush();
    }
}
