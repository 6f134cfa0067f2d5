package io.freehold.provider.docker;

import io.freehold.api.Subscription;
import io.freehold.provider.docker.engine.EngineClient;
import io.freehold.provider.docker.engine.EngineStream;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that read held streams; each ends with its stream, and all with the backend. */
final class Streams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private final EngineClient client;
    private final String backend;
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Streams(EngineClient client, String backend) {
        this.client = client;
        this.backend = backend;
    }

    /**
     * Reads a stream on a thread of its own.
     *
     * @param end runs when the stream ends by itself, with what to tell people
     */
    Reading read(String what, EngineStream stream, Reader reader, End end) {
        Reading reading = new Reading(stream);
        closeWithBackend(reading);
        start(what, () -> run(what, reading, reader, end));
        return reading;
    }

    /** Runs something on a daemon thread of its own, named after the backend. */
    void start(String what, Runnable work) {
        Thread thread = new Thread(work, "docker-" + what + "-" + backend);
        thread.setDaemon(true);
        thread.start();
    }

    /** Remembers to close something with the backend. */
    void closeWithBackend(Subscription subscription) {
        open.add(subscription);
        if (closed) {
            subscription.close();
        }
    }

    /** The opposite, for what was closed before. */
    void forget(Subscription subscription) {
        open.remove(subscription);
    }

    private void run(String what, Reading reading, Reader reader, End end) {
        String reason = "The instance stopped.";
        try {
            reader.read(reading);
        } catch (IOException e) {
            reason = String.valueOf(client.explain(e).getMessage());
        } catch (RuntimeException e) {
            // the listener's fault or an answer that could not be understood: this stream is over, no other
            LOG.warn("The {} stream of backend {} ended by a fault; open it again.", what, backend, e);
            reason = "The stream ended by a fault; open it again.";
        }
        boolean bySelf = !reading.isClosed();
        reading.close();
        if (bySelf) {
            end.ended(reason);
        }
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(Subscription::close);
    }

    /** Reads until the stream ends or the reading is closed. */
    interface Reader {
        void read(Reading reading) throws IOException;
    }

    /** Told of the end of a stream that nobody asked for. */
    interface End {
        void ended(String reason);
    }

    /** A stream that is read. */
    final class Reading implements Subscription {
        private final EngineStream stream;
        private volatile boolean over;

        private Reading(EngineStream stream) {
            this.stream = stream;
        }

        EngineStream stream() {
            return stream;
        }

        boolean isClosed() {
            return over;
        }

        @Override
        public void close() {
            over = true;
            forget(this);
            stream.close();
        }
    }
}
