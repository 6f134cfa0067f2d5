package io.freehold.provider.docker;

import io.freehold.api.ErrorCode;
import io.freehold.api.instance.State;
import io.freehold.api.provider.Console;
import io.freehold.api.provider.ConsoleAccess;
import io.freehold.api.provider.ConsoleOutput;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ProviderException;
import io.freehold.provider.docker.engine.EngineClient;
import io.freehold.provider.docker.engine.EngineStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** Attaches to the main process of containers. */
final class ContainerConsoles implements ConsoleAccess {
    private static final Duration TYPING_LIMIT = Duration.ofSeconds(10);

    private final EngineClient client;
    private final Containers containers;
    private final Streams streams;

    ContainerConsoles(EngineClient client, Containers containers, Streams streams) {
        this.client = client;
        this.containers = containers;
        this.streams = streams;
    }

    @Override
    public Console attach(NativeId id, ConsoleOutput output) {
        Container container = containers.get(id);
        if (container.observed().state() != State.RUNNING) {
            throw new ProviderException(
                    ErrorCode.CONFLICT, "Only a running container has a console; start or resume it first.");
        }
        boolean stdin = container.details().stdin();
        boolean tty = container.details().tty();
        EngineStream stream =
                client.hijack(Containers.path(id) + "/attach?stream=1&stdout=1&stderr=1" + (stdin ? "&stdin=1" : ""));
        Streams.Reading reading = streams.read(
                "console",
                stream,
                open -> new Frames(stream.in(), tty).forEach((source, data, length, first) -> {
                    if (!open.isClosed()) {
                        output.output(Arrays.copyOf(data, length));
                    }
                }),
                output::closed);
        return new Attached(id, reading, stdin, tty);
    }

    private final class Attached implements Console {
        private final NativeId id;
        private final Streams.Reading reading;
        private final boolean stdin;
        private final boolean tty;

        Attached(NativeId id, Streams.Reading reading, boolean stdin, boolean tty) {
            this.id = id;
            this.reading = reading;
            this.stdin = stdin;
            this.tty = tty;
        }

        @Override
        public synchronized void input(byte[] data) {
            if (!stdin) {
                throw new ProviderException(
                        ErrorCode.CONFLICT, "This container takes no input; create it anew with stdin turned on.");
            }
            try {
                reading.stream().send(data, TYPING_LIMIT);
            } catch (IOException e) {
                throw client.explain(e);
            }
        }

        @Override
        public void resize(int columns, int rows) {
            if (tty) {
                client.call(
                        "POST", Containers.path(id) + "/resize?w=" + columns + "&h=" + rows, null, EngineClient.SHORT);
            }
        }

        @Override
        public void close() {
            reading.close();
        }
    }
}
