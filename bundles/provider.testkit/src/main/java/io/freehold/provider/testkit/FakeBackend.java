package io.freehold.provider.testkit;

import io.freehold.api.ErrorCode;
import io.freehold.api.admission.Demand;
import io.freehold.api.form.Field;
import io.freehold.api.form.FieldType;
import io.freehold.api.form.Form;
import io.freehold.api.instance.State;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.BackendInfo;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.Node;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.provider.OperationContext;
import io.freehold.api.provider.PauseControl;
import io.freehold.api.provider.PowerControl;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.Provisioning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A connection to a {@link FakeEngine}, with every capability that the engine was not told to leave out. */
public final class FakeBackend implements Backend, PowerControl, PauseControl, Provisioning {
    private static final Form CONFIGURATION = Form.of(
            Field.of("greeting", FieldType.TEXT).title("Greeting"),
            Field.of("hostFolder", FieldType.TEXT).title("Folder of the host").pattern("/.*", "an absolute path"),
            Field.of("capabilities", FieldType.TEXTS).title("Kernel capabilities"));

    private final FakeEngine engine;
    private final Set<Class<?>> missing;
    private final FakeStreams streams;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    FakeBackend(FakeEngine engine) {
        this.engine = engine;
        this.missing = engine.missing();
        this.streams = new FakeStreams(engine, this);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (missing.contains(type)) {
            return Optional.empty();
        }
        return type.isInstance(streams) ? Optional.of(type.cast(streams)) : Backend.super.capability(type);
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
    public List<Demand> demands(InstanceSpec spec) {
        List<Demand> demands = new ArrayList<>(engine.demands());
        spec.config().text("hostFolder").ifPresent(folder -> demands.add(Demand.HostFolder.of(folder, false)));
        spec.config().texts("capabilities").forEach(name -> demands.add(new Demand.LinuxCapability(name)));
        return demands;
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
    public void close() {
        closed.complete(null);
        engine.open().remove(this);
        streams.close();
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

    <T> T call(FakeCall name, Supplier<T> effect) {
        engine.faults().enter(name, closed);
        T result = effect.get();
        engine.faults().leave(name, closed);
        return result;
    }

    static ProviderException notRunning() {
        return new ProviderException(ErrorCode.CONFLICT, "The instance does not run; start it first.");
    }
}
