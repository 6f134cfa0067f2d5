package io.freehold.core;

import io.freehold.api.PageRequest;
import io.freehold.api.audit.AuditListener;
import io.freehold.api.backend.BackendService;
import io.freehold.api.backend.NewBackend;
import io.freehold.api.backend.RegisteredBackend;
import io.freehold.api.event.EventBus;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.InstanceQuery;
import io.freehold.api.instance.InstanceService;
import io.freehold.api.instance.InstanceStreams;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.NewInstance;
import io.freehold.api.instance.Resources;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationService;
import io.freehold.api.security.Caller;
import io.freehold.core.util.Timings;
import io.freehold.provider.testkit.FakeEngine;
import io.freehold.provider.testkit.FakeProvider;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A core over a database file and a fake provider; can be left behind as a crash would and built anew. */
final class House implements AutoCloseable {
    static final Timings QUICK = new Timings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Duration.ofMillis(300));

    final String url;
    final PlainTransactions transactions;
    final Grants grants = new Grants();
    final Recorded audit = new Recorded();
    final FakeProvider provider;
    final Caller admin = grants.administrator();
    final Core core;

    House(Path folder) {
        this(folder, new FakeProvider(), QUICK);
    }

    House(Path folder, FakeProvider provider, Timings timings) {
        this("jdbc:sqlite:" + folder.resolve("core.db"), provider, timings);
    }

    House(String url, FakeProvider provider, Timings timings) {
        this.url = url;
        this.transactions = new PlainTransactions(url);
        this.provider = provider;
        this.core = new Core(transactions, grants, audit, new RowSecrets(), timings, Clock.systemUTC());
        core.providerAdded(provider, "1.0.0");
    }

    /** Another core over the same database and engine, as after a crash: this one can write nothing any more. */
    House crashAndRestart() {
        transactions.refuse(true);
        core.providerRemoved(provider);
        core.close();
        return new House(url, provider, QUICK);
    }

    FakeEngine engine() {
        return provider.engine();
    }

    BackendService backends() {
        return core.services().backends();
    }

    InstanceService instances() {
        return core.services().instances();
    }

    InstanceStreams streams() {
        return core.services().streams();
    }

    OperationService operations() {
        return core.services().operations();
    }

    EventBus events() {
        return core.services().events();
    }

    AuditListener auditListener() {
        return core.services().auditListener();
    }

    RegisteredBackend addBackend() {
        return backends().create(admin, new NewBackend("fake", "home", Map.of()));
    }

    RegisteredBackend backend(UUID id) {
        return backends().get(admin, id);
    }

    NewInstance wanted(UUID backendId, String name, boolean start) {
        return new NewInstance(
                backendId,
                name,
                Kind.CONTAINER,
                "fake/echo",
                null,
                Resources.UNLIMITED,
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                start);
    }

    /** Waits for an operation to end. */
    Operation end(Operation operation) {
        try {
            return operations()
                    .await(admin, operation.id(), Duration.ofSeconds(10))
                    .toCompletableFuture()
                    .get(15, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What the database says of an operation now. */
    String storedStatus(UUID operation) {
        return transactions.read(connection -> connection
                .createStatement()
                .executeQuery("SELECT status FROM core_operations WHERE id = '" + operation + "'")
                .getString(1));
    }

    /** A new instance of Freehold's own. */
    Instance create(UUID backendId, String name, boolean start) {
        Operation done = end(instances().create(admin, wanted(backendId, name, start), null));
        return instances().get(admin, done.instanceId());
    }

    Operation act(Instance instance, String action) {
        return instances().act(admin, instance.id(), action, Map.of(), null);
    }

    List<Instance> list() {
        return instances()
                .list(
                        admin,
                        new InstanceQuery(null, null, null, null, null, Map.of(), null, new PageRequest(1000, null)))
                .items();
    }

    Instance named(String name) {
        return list().stream()
                .filter(instance -> instance.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        core.close();
    }
}
