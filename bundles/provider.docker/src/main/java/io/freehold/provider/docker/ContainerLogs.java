package io.freehold.provider.docker;

import io.freehold.api.Subscription;
import io.freehold.api.provider.LogAccess;
import io.freehold.api.provider.LogLine;
import io.freehold.api.provider.LogListener;
import io.freehold.api.provider.NativeId;
import io.freehold.provider.docker.engine.EngineClient;
import io.freehold.provider.docker.engine.EngineStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Reads what containers printed. */
final class ContainerLogs implements LogAccess {
    private final EngineClient client;
    private final Containers containers;
    private final Streams streams;

    ContainerLogs(EngineClient client, Containers containers, Streams streams) {
        this.client = client;
        this.containers = containers;
        this.streams = streams;
    }

    @Override
    public List<LogLine> logs(NativeId id, int tail) {
        boolean tty = containers.details(id).tty();
        AtomicReference<List<LogLine>> answer = new AtomicReference<>(List.of());
        client.read(target(id, tail, false), in -> {
            LogTail newest = new LogTail();
            read(in, tty, newest);
            answer.set(newest.lines());
        });
        return answer.get();
    }

    @Override
    public Subscription follow(NativeId id, int tail, LogListener listener) {
        boolean tty = containers.details(id).tty();
        EngineStream stream = client.stream("GET", target(id, tail, true), EngineClient.SHORT);
        return streams.read(
                "log",
                stream,
                reading -> read(stream.in(), tty, line -> {
                    if (!reading.isClosed()) {
                        listener.line(line);
                    }
                }),
                reason -> listener.ended());
    }

    private static void read(InputStream in, boolean tty, Consumer<LogLine> lines) throws IOException {
        LogLines out = new LogLines(lines);
        LogLines err = new LogLines(lines);
        new Frames(in, tty)
                .forEach((source, data, length, first) -> (source == 2 ? err : out).add(data, length, first));
        out.end();
        err.end();
    }

    private static String target(NativeId id, int tail, boolean follow) {
        return Containers.path(id) + "/logs?stdout=1&stderr=1&timestamps=1&tail=" + tail + (follow ? "&follow=1" : "");
    }
}
