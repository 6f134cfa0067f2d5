package io.freehold.rest.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose client takes what waits for it too slowly. Jetty's own limit is on silence, and a client
 * that reads a byte now and then is never silent. A stream that has nothing to send waits for nobody.
 */
final class SlowReaders extends AbstractLifeCycle implements Runnable {
    /** Less in a second is slower than any line: it is meant. */
    private static final long BYTES_PER_SECOND = 1024;

    private final Connector connector;
    private final long patienceMillis;
    private Map<EndPoint, Behind> behind = new HashMap<>();

    /**
     * @param patienceMillis how long a client may be that slow, in milliseconds, give or take an eighth
     */
    SlowReaders(Connector connector, long patienceMillis) {
        this.connector = connector;
        this.patienceMillis = patienceMillis;
    }

    /**
     * A connection on which something has been waiting to be taken at each look.
     *
     * @param sent how many bytes had been taken when it was first seen
     * @param since when that was, in nanoseconds
     */
    private record Behind(long sent, long since) {}

    @Override
    protected void doStart() {
        schedule();
    }

    private void schedule() {
        connector.getScheduler().schedule(this, patienceMillis / 8, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        if (!isRunning()) {
            return;
        }
        long now = System.nanoTime();
        Map<EndPoint, Behind> next = new HashMap<>();
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            if (endPoint instanceof Counted counted && counted.getWriteFlusher().isPending()) {
                Behind seen = behind.getOrDefault(endPoint, new Behind(counted.sent.get(), now));
                long millis = (now - seen.since()) / 1_000_000;
                if (millis < patienceMillis) {
                    next.put(endPoint, seen);
                } else if (counted.sent.get() - seen.sent() < millis * BYTES_PER_SECOND / 1_000) {
                    endPoint.close();
                } else {
                    next.put(endPoint, new Behind(counted.sent.get(), now));
                }
            }
        }
        behind = next;
        schedule();
    }

    /** A connector whose connections count what their clients take. */
    static ServerConnector connector(Server server, ConnectionFactory... protocols) {
        return new ServerConnector(server, 1, 1, protocols) {
            @Override
            protected SocketChannelEndPoint newEndPoint(
                    SocketChannel channel, ManagedSelector selectSet, SelectionKey key) {
                SocketChannelEndPoint endPoint = new Counted(channel, selectSet, key, getScheduler());
                endPoint.setIdleTimeout(getIdleTimeout());
                return endPoint;
            }
        };
    }

    private static final class Counted extends SocketChannelEndPoint {
        private final AtomicLong sent = new AtomicLong();

        Counted(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }

        @Override
        public boolean flush(ByteBuffer... buffers) throws IOException {
            long before = remaining(buffers);
            try {
                return super.flush(buffers);
            } finally {
                sent.addAndGet(before - remaining(buffers));
            }
        }

        private static long remaining(ByteBuffer... buffers) {
            long bytes = 0;
            for (ByteBuffer buffer : buffers) {
                bytes += buffer.remaining();
            }
            return bytes;
        }
    }
}
