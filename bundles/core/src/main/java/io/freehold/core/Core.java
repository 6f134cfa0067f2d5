package io.freehold.core;

import io.freehold.api.admission.AdmissionPolicies;
import io.freehold.api.audit.AuditListener;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.backend.BackendService;
import io.freehold.api.event.EventBus;
import io.freehold.api.instance.InstanceService;
import io.freehold.api.instance.InstanceStreams;
import io.freehold.api.operation.OperationService;
import io.freehold.api.plugin.PluginListener;
import io.freehold.api.project.ScopeOwner;
import io.freehold.api.project.ScopeRegistry;
import io.freehold.api.provider.Provider;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Secrets;
import io.freehold.api.storage.Migration;
import io.freehold.api.storage.Transactions;
import io.freehold.core.admission.Admission;
import io.freehold.core.admission.DemandStore;
import io.freehold.core.admission.Policies;
import io.freehold.core.backend.BackendRoom;
import io.freehold.core.event.AuditEvents;
import io.freehold.core.event.Events;
import io.freehold.core.event.PluginEvents;
import io.freehold.core.instance.AuthorizedInstances;
import io.freehold.core.inventory.Creations;
import io.freehold.core.inventory.InstanceStore;
import io.freehold.core.inventory.Inventory;
import io.freehold.core.operation.OperationRoom;
import io.freehold.core.project.Claims;
import io.freehold.core.project.Departures;
import io.freehold.core.project.Ledger;
import io.freehold.core.project.OwnedScopes;
import io.freehold.core.stream.AuthorizedStreams;
import io.freehold.core.util.Ids;
import io.freehold.core.util.Json;
import io.freehold.core.util.Platform;
import io.freehold.core.util.Sequence;
import io.freehold.core.util.Timings;
import io.freehold.core.util.Workers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The core, put together: what the rooms are and how they lean on each other. Plain objects, so that a test
 * builds it as the component does.
 */
public final class Core implements AutoCloseable {
    /** Platform threads at the most; a call that hangs costs two of them. */
    private static final int THREADS = 1024;
    /** So many listeners may block before others wait for them. */
    private static final int EVENT_THREADS = 256;

    private final Workers workers;
    private final Workers eventWorkers = new Workers("freehold-events", EVENT_THREADS);
    private final Events events;
    private final Inventory inventory;
    private final BackendRoom backends;
    private final OperationRoom operations;
    private final Services services;

    /** What the core offers. */
    public record Services(
            BackendService backends,
            InstanceService instances,
            InstanceStreams streams,
            OperationService operations,
            AdmissionPolicies policies,
            EventBus events,
            AuditListener auditListener,
            PluginListener pluginListener,
            ScopeOwner scopes) {}

    /** Brings its tables up to date and takes over what was; connects in the background. */
    public Core(
            Transactions transactions,
            Authorizer authorizer,
            AuditLog audit,
            Secrets secrets,
            ScopeRegistry registry,
            Timings timings,
            Clock time) {
        this(transactions, authorizer, audit, secrets, registry, timings, time, THREADS);
    }

    /** As the other, with so many platform threads at the most. */
    Core(
            Transactions transactions,
            Authorizer authorizer,
            AuditLog audit,
            Secrets secrets,
            ScopeRegistry registry,
            Timings timings,
            Clock time,
            int threads) {
        workers = new Workers("freehold-core", threads);
        // As exact as what is stored, so that a thing looks the same before and after.
        Clock clock = Clock.tick(time, Duration.ofMillis(1));
        transactions.migrate(
                "core",
                List.of(
                        Migration.of(Core.class, "001-core"),
                        Migration.of(Core.class, "002-operations"),
                        Migration.of(Core.class, "003-projects"),
                        Migration.of(Core.class, "004-admission"),
                        Migration.of(Core.class, "005-demands")));
        Sequence revisions = new Sequence(clock, OperationRoom.lastRevision(transactions));
        Platform platform = new Platform(
                transactions, authorizer, audit, secrets, workers, revisions, new Ids(), new Json(), timings, clock);
        InstanceStore instances = new InstanceStore(platform.json());
        Creations creations = new Creations(Installation.id(transactions, platform.ids()));
        events = new Events(authorizer, eventWorkers, clock);
        Claims claims = new Claims();
        Policies policies = new Policies(registry, platform);
        DemandStore demands = new DemandStore(platform.json());
        Departures departures = new Departures(registry, instances, claims, policies, demands);
        inventory = new Inventory(creations, instances, departures, platform, events);
        Ledger ledger = new Ledger(inventory, registry, claims);
        backends = new BackendRoom(platform, events, inventory, instances, departures);
        operations = new OperationRoom(
                platform, events, backends.connections(), inventory, instances, creations, ledger, claims);
        services = new Services(
                backends.service(operations.operations()::busy),
                new AuthorizedInstances(
                        inventory,
                        backends.connections(),
                        operations.operations(),
                        operations.steps(),
                        creations,
                        instances,
                        ledger,
                        new Admission(policies, demands, platform),
                        demands,
                        platform),
                new AuthorizedStreams(inventory, backends.connections(), platform),
                operations.service(),
                policies,
                events,
                new AuditEvents(events),
                new PluginEvents(events, revisions),
                new OwnedScopes(inventory, backends.connections(), ledger, policies));
        boolean begun = false;
        try {
            transactions.write(connection -> {
                claims.load(connection);
                demands.tidy(connection);
                return claims;
            });
            operations.takeIn();
            backends.load();
            operations.recover();
            begun = true;
        } finally {
            if (!begun) {
                close();
            }
        }
    }

    public Services services() {
        return services;
    }

    /** A provider came. Waits for nothing. */
    public void providerAdded(Provider provider, String version) {
        backends.connections().providerAdded(provider, version);
    }

    /** A provider goes; its backends are closed. */
    public void providerRemoved(Provider provider) {
        backends.connections().providerRemoved(provider);
    }

    /** Leaves off within three seconds. What runs is found out at the next start. */
    @Override
    public void close() {
        operations.close();
        backends.connections().close();
        workers.close();
        inventory.flush();
        eventWorkers.close();
    }
}
