package io.freehold.provider.docker.engine;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** An answer without an end of its own: events, logs, a console. Closing it from any thread ends its reader. */
public final class EngineStream implements AutoCloseable {
    private final EngineClient client;
    private final Wire wire;
    private final InputStream in;

    EngineStream(EngineClient client, Wire wire, InputStream in) {
        this.client = client;
        this.wire = wire;
        this.in = in;
    }

    /** What the engine sends. */
    public InputStream in() {
        return in;
    }

    /**
     * Sends something on a stream that was opened in both directions, and gives the stream up if it is not
     * taken in time.
     */
    public void send(byte[] data, Duration limit) throws IOException {
        try (Guard guard = client.deadlines().guard(this::close, limit)) {
            try {
                wire.out().write(data);
                wire.out().flush();
            } catch (IOException e) {
                throw guard.explain(e);
            }
        }
    }

    @Override
    public void close() {
        client.discard(wire);
    }
}
