package io.freehold.provider.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freehold.api.ErrorCode;
import io.freehold.api.Subscription;
import io.freehold.api.form.Field;
import io.freehold.api.form.FieldType;
import io.freehold.api.form.Form;
import io.freehold.api.instance.State;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.BackendInfo;
import io.freehold.api.provider.Console;
import io.freehold.api.provider.ConsoleAccess;
import io.freehold.api.provider.ConsoleOutput;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.LogAccess;
import io.freehold.api.provider.LogLine;
import io.freehold.api.provider.LogListener;
import io.freehold.api.provider.Metrics;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.Node;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.provider.OperationContext;
import io.freehold.api.provider.PauseControl;
import io.freehold.api.provider.PowerControl;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.Provisioning;
import io.freehold.api.provider.Sample;
import io.freehold.api.provider.Watch;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A connection to a {@link FakeEngine}, with every capability that the engine was not told to leave out. */
public final class FakeBackend
        implements Backend, PowerControl, PauseControl, Provisioning, LogAccess, ConsoleAccess, Metrics, Watch {
    private static final Form CONFIGURATION = Form.of(
            Field.of("greeting", FieldType.TEXT).title("Greeting"),
            Field.of("hostFolder", FieldType.TEXT).title("Folder of the host"));

    private final FakeEngine engine;
    private final Set<Class<?>> missing;
    private final Set<FakeStream> streams = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    FakeBackend(FakeEngine engine) {
        this.engine = engine;
        this.missing = engine.missing();
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return missing.contains(type) ? Optional.empty() : Backend.super.capability(type);
    }

    @Override
    public BackendInfo info() {
        return call(
                FakeCall.INFO,
                () -> new BackendInfo("Fake 1.0", List.of(new Node("fake", true, 4, 8L * 1024 * 1024 * 1024))));
    }

    @Override
    public List<ObservedInstance> instances() {
        return call(FakeCall.INSTANCES, engine::instances);
    }

    @Override
    public Optional<ObservedInstance> instance(NativeId id) {
        return call(FakeCall.INSTANCE, () -> engine.find(id).map(FakeInstance::observed));
    }

    @Override
    public void start(NativeId id, OperationContext context) {
        run(FakeCall.START, () -> {
            State state = engine.get(id).observed().state();
            if (state == State.PAUSED) {
                throw new ProviderException(ErrorCode.CONFLICT, "The instance is paused; resume it.");
            }
            if (state != State.RUNNING) {
                engine.change(id, State.RUNNING);
            }
        });
    }

    @Override
    public void stop(NativeId id, Duration grace, OperationContext context) {
        run(FakeCall.STOP, () -> halt(id));
    }

    @Override
    public void restart(NativeId id, Duration grace, OperationContext context) {
        run(FakeCall.RESTART, () -> {
            halt(id);
            engine.change(id, State.RUNNING);
        });
    }

    @Override
    public void kill(NativeId id, OperationContext context) {
        run(FakeCall.KILL, () -> halt(id));
    }

    @Override
    public void pause(NativeId id, OperationContext context) {
        run(FakeCall.PAUSE, () -> {
            if (!up(id)) {
                throw notRunning();
            }
            engine.change(id, State.PAUSED);
        });
    }

    @Override
    public void resume(NativeId id, OperationContext context) {
        run(FakeCall.RESUME, () -> {
            if (!up(id)) {
                throw notRunning();
            }
            engine.change(id, State.RUNNING);
        });
    }

    @Override
    public Form configuration() {
        return CONFIGURATION;
    }

    @Override
    public Set<Permission> requires(InstanceSpec spec) {
        return spec.config().text("hostFolder").isPresent() ? Set.of(Permissions.INSTANCE_HOST_ACCESS) : Set.of();
    }

    @Override
    public NativeId create(InstanceSpec spec, OperationContext context) {
        return call(FakeCall.CREATE, () -> {
            context.progress(10, "Looking for " + spec.template());
            if (spec.template().startsWith("missing")) {
                throw new ProviderException(
                        ErrorCode.NOT_FOUND, "There is no template " + spec.template() + "; choose another.");
            }
            context.checkCancelled();
            NativeId id = engine.create(spec);
            context.log("Created " + id);
            return id;
        });
    }

    @Override
    public void delete(NativeId id, OperationContext context) {
        run(FakeCall.DELETE, () -> engine.remove(id));
    }

    @Override
    public List<LogLine> logs(NativeId id, int tail) {
        return call(FakeCall.LOGS, () -> {
            synchronized (engine) {
                return engine.get(id).tail(tail);
            }
        });
    }

    @Override
    public Subscription follow(NativeId id, int tail, LogListener listener) {
        return call(FakeCall.FOLLOW, () -> {
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
        return call(FakeCall.ATTACH, () -> {
            synchronized (engine) {
                FakeInstance instance = engine.get(id);
                if (!instance.isUp()) {
                    throw notRunning();
                }
                FakeStream stream = open("fake-console-" + id, null);
                instance.consoles.put(stream, output);
                return new EchoConsole(id, closing(stream));
            }
        });
    }

    @Override
    public Subscription measure(NativeId id, Consumer<Sample> listener, Runnable ended) {
        return call(FakeCall.MEASURE, () -> {
            synchronized (engine) {
                FakeInstance instance = engine.get(id);
                if (!instance.isUp()) {
                    throw notRunning();
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
        return call(FakeCall.WATCH, () -> {
            FakeStream stream = open("fake-watch", null);
            engine.addWatch(stream, observer);
            return closing(stream);
        });
    }

    @Override
    public void close() {
        closed.complete(null);
        engine.open().remove(this);
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

    private boolean up(NativeId id) {
        synchronized (engine) {
            return engine.get(id).isUp();
        }
    }

    private void halt(NativeId id) {
        if (up(id)) {
            engine.change(id, State.STOPPED);
        }
    }

    private void run(FakeCall name, Runnable effect) {
        call(name, () -> {
            effect.run();
            return this;
        });
    }

    private <T> T call(FakeCall name, Supplier<T> effect) {
        engine.faults().enter(name, closed);
        T result = effect.get();
        engine.faults().leave(name, closed);
        return result;
    }

    private static ProviderException notRunning() {
        return new ProviderException(ErrorCode.CONFLICT, "The instance does not run; start it first.");
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
            new String(data, UTF_8).lines().forEach(line -> engine.print(id, line));
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
