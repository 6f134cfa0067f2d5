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
import io.freehold.api.plugin.PluginListener;
import io.freehold.api.security.Caller;
import io.freehold.api.storage.Sql;
import io.freehold.core.util.Timings;
import io.freehold.provider.testkit.FakeEngine;
import io.freehold.provider.testkit.FakeProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
            Duration.ofMillis(300),
            Duration.ofMillis(50));

    final String url;
    final PlainTransactions transactions;
    final Grants grants = new Grants();
    final Recorded audit = new Recorded();
    final FakeRegistry registry = new FakeRegistry();
    final FakeProvider provider;
    final Caller admin = grants.administrator();
    final Core core;

    House(Path folder) {
        this(folder, new FakeProvider(), QUICK);
    }

    House(Path folder, FakeProvider provider, Timings timings) {
        this("jdbc:sqlite:" + made(folder).resolve("core.db"), provider, timings);
    }

    House(String url, FakeProvider provider, Timings timings) {
        this(url, provider, timings, Clock.systemUTC(), 1024);
    }

    House(String url, FakeProvider provider, Timings timings, Clock clock, int threads) {
        this.url = url;
        this.transactions = new PlainTransactions(url);
        this.provider = provider;
        this.core = new Core(transactions, grants, audit, new RowSecrets(), registry, timings, clock, threads);
        core.providerAdded(provider, "1.0.0");
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another core over the same database and engine, as after a crash: this one can write nothing any more. */
    House crashAndRestart() {
        return crashAndRestart(1024);
    }

    /** Restarted with few threads. */
    House crashAndRestart(int threads) {
        return crashAndRestart(Clock.systemUTC(), threads);
    }

    /** Restarted by another clock. */
    House crashAndRestart(Clock clock) {
        return crashAndRestart(clock, 1024);
    }

    private House crashAndRestart(Clock clock, int threads) {
        transactions.refuse(true);
        core.providerRemoved(provider);
        close();
        House next = new House(url, provider, QUICK, clock, threads);
        next.registry.projects.putAll(registry.projects);
        return next;
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

    PluginListener pluginListener() {
        return core.services().pluginListener();
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

    /** What the database says of an operation's status now. */
    String storedStatus(UUID operation) {
        return stored("status", operation);
    }

    /** What the database says of an operation now; empty if it does not know it. */
    String stored(String column, UUID operation) {
        return transactions.read(connection -> Sql.first(
                        connection,
                        "SELECT " + column + " FROM core_operations WHERE id = ?",
                        row -> String.valueOf(row.getString(1)),
                        operation)
                .orElse(""));
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
        transactions.close();
    }
}
