package io.freehold.rest.stream;

import io.freehold.rest.limit.Room;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every connection that lasts, looked after by one thread. */
public final class LiveConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveConnections.class);
    private static final long PERIOD_MILLIS = 400;

    /** Memory for what waits to be sent: an eighth of the heap. */
    private final Room room = new Room(Runtime.getRuntime().maxMemory() / 8);

    private final Set<Live> connections = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticker;
    private final LongSupplier nanoTime;
    private final AtomicBoolean checking = new AtomicBoolean();
    private volatile boolean closed;

    /** @param nanoTime the time that passes, whatever the clock is set to */
    public LiveConnections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        ticker = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "live-connections");
            thread.setDaemon(true);
            return thread;
        });
        var unused = ticker.scheduleWithFixedDelay(this::tick, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What all of them take the memory from for what waits to be sent. */
    public Room room() {
        return room;
    }

    /** Looks after a connection from now on; one that comes after the end is ended at once. */
    public void add(Live connection) {
        connections.add(connection);
        if (closed) {
            end(connection);
        }
    }

    public void remove(Live connection) {
        connections.remove(connection);
    }

    /**
     * Asks each at once whether its caller may still have it. Called when somebody's rights may have changed; of many
     * calls at a time one counts. Never blocks.
     */
    public void check() {
        if (!closed && checking.compareAndSet(false, true)) {
            try {
                ticker.execute(() -> {
                    checking.set(false);
                    each(Live::check);
                });
            } catch (RejectedExecutionException e) {
                // Closed meanwhile, and all of them with it.
                LOG.debug("Streams are ended already", e);
            }
        }
    }

    private void tick() {
        long now = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong());
        each(connection -> connection.tick(now));
    }

    private void each(Consumer<Live> care) {
        try {
            for (Live connection : List.copyOf(connections)) {
                take(care, connection);
            }
        } catch (Throwable e) {
            // What is thrown from here ends the schedule, and with it every check of a session.
            LOG.error("A round of looking after streams broke off", e);
        }
    }

    private void take(Consumer<Live> care, Live connection) {
        try {
            care.accept(connection);
        } catch (Throwable e) {
            // One broken connection must not end the care for the others.
            LOG.error("A stream broke and is ended", e);
            if (end(connection)) {
                connections.remove(connection);
            }
        }
    }

    /** Whether it ended; one that did not stays looked after, so that it is ended again. */
    private static boolean end(Live connection) {
        try {
            connection.shutDown();
            return true;
        } catch (Throwable e) {
            LOG.error("A stream could not be ended", e);
            return false;
        }
    }

    /** Ends all of them. */
    @Override
    public void close() {
        closed = true;
        ticker.shutdownNow();
        connections.forEach(LiveConnections::end);
    }
}
