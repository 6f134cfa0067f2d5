package io.freehold.rest.stream;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every connection that lasts, looked after by one thread. */
public final class LiveConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveConnections.class);
    private static final long PERIOD_MILLIS = 400;

    private final Set<Live> connections = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticker;
    private final Clock clock;

    public LiveConnections(Clock clock) {
        this.clock = clock;
        ticker = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "live-connections");
            thread.setDaemon(true);
            return thread;
        });
        var unused = ticker.scheduleWithFixedDelay(this::tick, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    public void add(Live connection) {
        connections.add(connection);
    }

    public void remove(Live connection) {
        connections.remove(connection);
    }

    private void tick() {
        long now = clock.millis();
        for (Live connection : List.copyOf(connections)) {
            try {
                connection.tick(now);
            } catch (RuntimeException e) {
                // One broken connection must not end the care for the others.
                LOG.error("A stream broke and was ended", e);
                connection.shutDown();
                connections.remove(connection);
            }
        }
    }

    /** Ends all of them. */
    @Override
    public void close() {
        ticker.shutdownNow();
        connections.forEach(Live::shutDown);
    }
}
