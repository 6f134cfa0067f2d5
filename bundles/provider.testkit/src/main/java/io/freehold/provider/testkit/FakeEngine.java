package io.freehold.provider.testkit;

import io.freehold.api.ErrorCode;
import io.freehold.api.admission.Demand;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.Network;
import io.freehold.api.instance.Resources;
import io.freehold.api.instance.State;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.Watch.Observer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/**
 * The outside system behind a {@link FakeBackend}, with the hands of a test in it: instances come, change
 * and go without Freehold, connections break, calls hang or fail. It outlives the backends that are opened
 * to it, as a real one would. Thread-safe.
 */
public final class FakeEngine {
    private final FakeFaults faults = new FakeFaults();
    private final Map<NativeId, FakeInstance> instances = new LinkedHashMap<>();
    private final Map<FakeStream, Observer> watches = new LinkedHashMap<>();
    private final Set<FakeBackend> connections = new CopyOnWriteArraySet<>();
    private final Set<Demand> always = new CopyOnWriteArraySet<>();
    private final Set<Class<?>> missing = new CopyOnWriteArraySet<>();
    private int lastId;
    private boolean silent;
    private volatile String password = "";

    FakeEngine() {}

    /** Adds an instance that Freehold did not create, stopped. */
    public NativeId add(String name) {
        return add(name, Map.of());
    }

    /** Adds a labelled instance that Freehold did not create, stopped. */
    public synchronized NativeId add(String name, Map<String, String> labels) {
        return insert(new ObservedInstance(
                nextId(),
                Instant.now().toString(),
                name,
                Kind.CONTAINER,
                State.STOPPED,
                null,
                "fake/echo",
                labels,
                Instant.now(),
                Resources.UNLIMITED,
                Network.NONE,
                null));
    }

    /** Brings an instance into a state, as somebody at the engine would; one that begins to run prints {@code ready}. */
    public synchronized void change(NativeId id, State state) {
        FakeInstance instance = get(id);
        boolean wasUp = instance.isUp();
        instance.observed(instance.observed().in(state));
        if (!wasUp && instance.isUp()) {
            instance.print("ready");
        }
        changed(instance);
    }

    /** Puts another instance with the same id in the place of one: a new incarnation, stopped, without a token. */
    public synchronized void replace(NativeId id) {
        ObservedInstance old = get(id).observed();
        get(id).endStreams("The instance is gone.");
        insert(new ObservedInstance(
                id,
                old.incarnation() + "'",
                old.name(),
                old.kind(),
                State.STOPPED,
                old.node(),
                old.template(),
                old.labels(),
                Instant.now(),
                old.resources(),
                old.network(),
                null));
    }

    /** Takes an instance away, as somebody at the engine would; one that is gone is fine. */
    public synchronized void remove(NativeId id) {
        FakeInstance gone = instances.remove(id);
        if (gone != null) {
            gone.endStreams("The instance is gone.");
            tell(observer -> observer.removed(id));
        }
    }

    /** Makes an instance print a line. */
    public synchronized void print(NativeId id, String line) {
        get(id).print(line);
    }

    /** From now on changes happen without an event, as if the engine had lost it; or no longer so. */
    public synchronized void silent(boolean value) {
        silent = value;
    }

    /** Every call fails with {@code UNAVAILABLE} and every stream ends until {@link #repairConnection()}. */
    public synchronized void breakConnection() {
        faults.setBroken(true);
        instances.values().forEach(instance -> instance.endStreams("The connection broke."));
        watches.forEach((stream, observer) -> stream.send(() -> observer.lost(FakeFaults.unavailable())));
    }

    /** Undoes {@link #breakConnection()}. */
    public synchronized void repairConnection() {
        if (faults.isBroken()) {
            faults.setBroken(false);
            watches.forEach((stream, observer) -> stream.send(observer::restored));
        }
    }

    /** The next such call waits at the gate before it does anything. */
    public Gate holdNext(FakeCall call) {
        return faults.holdNext(call);
    }

    /** The next such call has its effect and then waits at the gate before it returns. */
    public Gate holdAfterNext(FakeCall call) {
        return faults.holdAfterNext(call);
    }

    /** The next such call fails with this and has no effect. */
    public void failNext(FakeCall call, ProviderException failure) {
        faults.failNext(call, failure);
    }

    /** How often it was called, calls that failed included. */
    public int calls(FakeCall call) {
        return faults.count(call);
    }

    /** Backends that are opened from now on do not have these capabilities. */
    public void without(Class<?>... capabilities) {
        missing.addAll(List.of(capabilities));
    }

    /** From now on every specification asks for this beside what it says. */
    public void demandAlways(Demand demand) {
        always.add(demand);
    }

    /** Only backends that are opened with this password are let in; any is until this is called. */
    public void requirePassword(String value) {
        password = value;
    }

    /** How many backends are open. */
    public int connections() {
        return connections.size();
    }

    /** What is there now. */
    public synchronized List<ObservedInstance> instances() {
        return instances.values().stream().map(FakeInstance::observed).toList();
    }

    List<Demand> demands() {
        return List.copyOf(always);
    }

    FakeFaults faults() {
        return faults;
    }

    boolean admits(String given) {
        return password.isEmpty() || password.equals(given);
    }

    Set<Class<?>> missing() {
        return Set.copyOf(missing);
    }

    Set<FakeBackend> open() {
        return connections;
    }

    synchronized Optional<FakeInstance> find(NativeId id) {
        return Optional.ofNullable(instances.get(id));
    }

    synchronized FakeInstance get(NativeId id) {
        return find(id).orElseThrow(() -> new ProviderException(
                ErrorCode.NOT_FOUND, "There is no instance " + id + " on the fake engine; refresh the list."));
    }

    synchronized NativeId create(InstanceSpec spec) {
        if (instances.values().stream().anyMatch(i -> i.observed().name().equals(spec.name()))) {
            throw new ProviderException(
                    ErrorCode.CONFLICT, "The name " + spec.name() + " is taken; choose another or delete what has it.");
        }
        return insert(new ObservedInstance(
                nextId(),
                Instant.now().toString(),
                spec.name(),
                spec.kind(),
                State.STOPPED,
                null,
                spec.template(),
                spec.labels(),
                Instant.now(),
                spec.resources(),
                new Network(List.of(), spec.ports()),
                spec.creationToken()));
    }

    synchronized void addWatch(FakeStream stream, Observer observer) {
        watches.put(stream, observer);
        stream.send(observer::restored);
    }

    synchronized void forget(FakeStream stream) {
        watches.remove(stream);
        instances.values().forEach(instance -> instance.forget(stream));
    }

    private NativeId nextId() {
        return new NativeId("fake-" + ++lastId);
    }

    private NativeId insert(ObservedInstance observed) {
        FakeInstance instance = new FakeInstance(observed);
        instances.put(observed.id(), instance);
        changed(instance);
        return observed.id();
    }

    private void changed(FakeInstance instance) {
        ObservedInstance now = instance.observed();
        tell(observer -> observer.changed(now));
    }

    private void tell(Consumer<Observer> event) {
        if (!silent && !faults.isBroken()) {
            watches.forEach((stream, observer) -> stream.send(() -> event.accept(observer)));
        }
    }
}
