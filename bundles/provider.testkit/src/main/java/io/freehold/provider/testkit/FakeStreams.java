package io.freehold.provider.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freehold.api.Subscription;
import io.freehold.api.provider.Console;
import io.freehold.api.provider.ConsoleAccess;
import io.freehold.api.provider.ConsoleOutput;
import io.freehold.api.provider.LogAccess;
import io.freehold.api.provider.LogLine;
import io.freehold.api.provider.LogListener;
import io.freehold.api.provider.Metrics;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.Sample;
import io.freehold.api.provider.Watch;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What flows from the instances of a {@link FakeBackend}: logs, consoles, measurements and changes. */
final class FakeStreams implements LogAccess, ConsoleAccess, Metrics, Watch {
    private final FakeEngine engine;
    private final FakeBackend backend;
    private final Set<FakeStream> streams = ConcurrentHashMap.newKeySet();

    FakeStreams(FakeEngine engine, FakeBackend backend) {
        this.engine = engine;
        this.backend = backend;
    }

    @Override
    public List<LogLine> logs(NativeId id, int tail) {
        return backend.call(FakeCall.LOGS, () -> {
            synchronized (engine) {
                return engine.get(id).tail(tail);
            }
        });
    }

    @Override
    public Subscription follow(NativeId id, int tail, LogListener listener) {
        return backend.call(FakeCall.FOLLOW, () -> {
            synchronized (engine) {
                FakeInstance instance = engine.get(id);
                FakeStream stream = open("fake-log-" + id, null);
                instance.tail(tail).forEach(line -> stream.send(() -> listener.line(line)));
                if (instance.isUp()) {
                    instance.followers.put(stream, listener);
                } else {
                    stream.end(listener::ended);
                }
                return closing(stream);
            }
        });
    }

    @Override
    public Console attach(NativeId id, ConsoleOutput output) {
        return backend.call(FakeCall.ATTACH, () -> {
            synchronized (engine) {
                FakeInstance instance = engine.get(id);
                if (!instance.isUp()) {
                    throw FakeBackend.notRunning();
                }
                FakeStream stream = open("fake-console-" + id, null);
                instance.consoles.put(stream, output);
                return new EchoConsole(id, closing(stream));
            }
        });
    }

    @Override
    public Subscription measure(NativeId id, Consumer<Sample> listener, Runnable ended) {
        return backend.call(FakeCall.MEASURE, () -> {
            synchronized (engine) {
                FakeInstance instance = engine.get(id);
                if (!instance.isUp()) {
                    throw FakeBackend.notRunning();
                }
                Runnable sample =
                        () -> listener.accept(new Sample(Instant.now(), 0.25, 1 << 20, 1 << 30, 10, 20, 30, 40));
                FakeStream stream = open("fake-metrics-" + id, sample);
                stream.send(sample);
                instance.meters.put(stream, ended);
                return closing(stream);
            }
        });
    }

    @Override
    public Subscription watch(Observer observer) {
        return backend.call(FakeCall.WATCH, () -> {
            FakeStream stream = open("fake-watch", null);
            engine.addWatch(stream, observer);
            return closing(stream);
        });
    }

    void close() {
        streams.forEach(stream -> closing(stream).close());
    }

    private FakeStream open(String name, @Nullable Runnable tick) {
        FakeStream stream = new FakeStream(name, tick);
        streams.add(stream);
        stream.open();
        return stream;
    }

    private Subscription closing(FakeStream stream) {
        return () -> {
            stream.close();
            engine.forget(stream);
            streams.remove(stream);
        };
    }

    private final class EchoConsole implements Console {
        private final NativeId id;
        private final Subscription stream;

        EchoConsole(NativeId id, Subscription stream) {
            this.id = id;
            this.stream = stream;
        }

        @Override
        public void input(byte[] data) {
            backend.call(FakeCall.INPUT, () -> {
                new String(data, UTF_8).lines().forEach(line -> engine.print(id, line));
                return this;
            });
        }

        @Override
        public void resize(int columns, int rows) {
            // a program that only echoes has no use for it
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
