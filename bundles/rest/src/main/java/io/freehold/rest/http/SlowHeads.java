package io.freehold.rest.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections on which the head of a request takes too long. Jetty's own limit is on silence, and a
 * client that sends a byte now and then is never silent. The handshake of TLS counts as part of the first head.
 */
final class SlowHeads extends AbstractLifeCycle implements Runnable {
    private final Connector connector;
    private final long patienceMillis;
    private final long periodMillis;
    private Map<EndPoint, Waiting> waiting = new HashMap<>();

    /**
     * @param patienceMillis how long a head may take, in milliseconds, give or take an eighth
     */
    SlowHeads(Connector connector, long patienceMillis) {
        this.connector = connector;
        this.patienceMillis = patienceMillis;
        this.periodMillis = patienceMillis / 8;
    }

    /**
     * A connection that is between two requests.
     *
     * @param requests how many it has had
     * @param bytes how many bytes it had received when that was first seen
     * @param since when more began to arrive, in nanoseconds; 0 for not yet
     */
    private record Waiting(long requests, long bytes, long since) {}

    @Override
    protected void doStart() {
        schedule();
    }

    private void schedule() {
        connector.getScheduler().schedule(this, periodMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        if (!isRunning()) {
            return;
        }
        long now = System.nanoTime();
        Map<EndPoint, Waiting> next = new HashMap<>();
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            Connection received = endPoint.getConnection();
            Connection connection =
                    received instanceof SslConnection tls ? tls.getSslEndPoint().getConnection() : received;
            // WebSockets are connections of another sort.
            if (connection instanceof ConnectionMetaData && connection.getMessagesIn() == connection.getMessagesOut()) {
                Waiting seen = look(waiting.get(endPoint), connection.getMessagesIn(), received.getBytesIn(), now);
                if (seen.since() != 0 && now - seen.since() > patienceMillis * 1_000_000) {
                    endPoint.close();
                } else {
                    next.put(endPoint, seen);
                }
            }
        }
        waiting = next;
        schedule();
    }

    private static Waiting look(@Nullable Waiting before, long requests, long bytes, long now) {
        if (before == null || before.requests() != requests) {
            return new Waiting(requests, bytes, requests == 0 && bytes > 0 ? now : 0);
        }
        return before.since() == 0 && bytes > before.bytes() ? new Waiting(requests, before.bytes(), now) : before;
    }
}
