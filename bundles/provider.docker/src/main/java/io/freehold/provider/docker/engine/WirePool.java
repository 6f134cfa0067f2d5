package io.freehold.provider.docker.engine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The connections to one engine: idle ones are used again, and closing ends them all. */
final class WirePool implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final int MAX_IDLE = 8;

    private final EngineAddress address;
    private final @Nullable SSLContext tls;
    private final Deadlines deadlines;
    private final Set<Wire> all = new HashSet<>();
    private final Deque<Wire> idle = new ArrayDeque<>();
    private boolean closed;
    private volatile boolean admitted;

    WirePool(EngineAddress address, @Nullable SSLContext tls, Deadlines deadlines) {
        this.address = address;
        this.tls = tls;
        this.deadlines = deadlines;
    }

    /** A connection that was used before and still stands; null if there is none. */
    @Nullable
    Wire reuse() {
        while (true) {
            Wire wire;
            synchronized (this) {
                if (idle.isEmpty()) {
                    return null;
                }
                wire = idle.removeLast();
            }
            if (wire.isAlive()) {
                return wire;
            }
            discard(wire);
        }
    }

    Wire connect() throws IOException {
        synchronized (this) {
            if (closed) {
                throw new SocketException("the backend was closed");
            }
        }
        Wire wire = open();
        synchronized (this) {
            if (!closed) {
                all.add(wire);
                return wire;
            }
        }
        wire.close();
        throw new SocketException("the backend was closed");
    }

    private Wire open() throws IOException {
        try {
            if (address.isUnix()) {
                return UnixWire.connect(address.socket(), deadlines, CONNECT_LIMIT);
            }
            TcpWire wire = TcpWire.connect(address, tls, deadlines, CONNECT_LIMIT);
            if (tls != null && !admitted) {
                try {
                    wire.awaitRefusal();
                } catch (IOException e) {
                    wire.close();
                    throw e;
                }
                admitted = true;
            }
            return wire;
        } catch (InterruptedIOException e) {
            SocketTimeoutException late = new SocketTimeoutException("nobody accepted the connection in time");
            late.initCause(e);
            throw late;
        }
    }

    /** Keeps a connection whose last answer was read to its end. */
    void release(Wire wire) {
        synchronized (this) {
            if (!closed && idle.size() < MAX_IDLE) {
                idle.addLast(wire);
                return;
            }
        }
        discard(wire);
    }

    void discard(Wire wire) {
        synchronized (this) {
            all.remove(wire);
        }
        wire.close();
    }

    @Override
    public void close() {
        Set<Wire> open;
        synchronized (this) {
            closed = true;
            idle.clear();
            open = Set.copyOf(all);
            all.clear();
        }
        open.forEach(Wire::close);
    }
}
