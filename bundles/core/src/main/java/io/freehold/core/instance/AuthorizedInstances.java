package io.freehold.core.instance;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.Violation;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.InstanceQuery;
import io.freehold.api.instance.InstanceService;
import io.freehold.api.instance.NewInstance;
import io.freehold.api.operation.Operation;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.Provisioning;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.core.admission.Admission;
import io.freehold.core.admission.Admitted;
import io.freehold.core.admission.DemandStore;
import io.freehold.core.backend.Connection;
import io.freehold.core.backend.Connections;
import io.freehold.core.inventory.Creations;
import io.freehold.core.inventory.Entry;
import io.freehold.core.inventory.InstanceStore;
import io.freehold.core.inventory.Inventory;
import io.freehold.core.operation.IdempotencyKey;
import io.freehold.core.operation.Operations;
import io.freehold.core.operation.Steps;
import io.freehold.core.operation.Submission;
import io.freehold.core.project.Claim;
import io.freehold.core.project.Ledger;
import io.freehold.core.util.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What callers see of instances and do with them. Reads come from the inventory; writes become operations. */
public final class AuthorizedInstances implements InstanceService {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int LONGEST_GRACE_SECONDS = 3600;
    private static final Duration AFTER_GRACE = Duration.ofSeconds(60);

    private final Inventory inventory;
    private final Connections connections;
    private final Operations operations;
    private final Steps steps;
    private final Creations creations;
    private final Specifications specifications;
    private final Admission admission;
    private final DemandStore demands;
    private final Moves moves;
    private final Platform platform;

    public AuthorizedInstances(
            Inventory inventory,
            Connections connections,
            Operations operations,
            Steps steps,
            Creations creations,
            InstanceStore store,
            Ledger ledger,
            Admission admission,
            DemandStore demands,
            Platform platform) {
        this.inventory = inventory;
        this.connections = connections;
        this.operations = operations;
        this.steps = steps;
        this.creations = creations;
        this.specifications = new Specifications(platform.timings().connect());
        this.admission = admission;
        this.demands = demands;
        this.moves = new Moves(inventory, store, ledger, admission, platform);
        this.platform = platform;
    }

    @Override
    public Page<Instance> list(Caller caller, InstanceQuery query) {
        return inventory.list(platform.authorizer().access(caller), query);
    }

    @Override
    public long revision(Caller caller) {
        long access = platform.authorizer().access(caller).revision();
        // Spreads the one over all bits, so that the two never make up for each other.
        return inventory.revision() ^ Long.rotateLeft(access * 0x9E3779B97F4A7C15L, 17);
    }

    @Override
    public Instance get(Caller caller, UUID id) {
        Entry entry = inventory.get(id);
        requireVisible(caller, entry);
        return entry.instance();
    }

    @Override
    public List<Scope> scopes(UUID id) {
        return inventory.find(id).map(Entry::scopes).orElse(List.of());
    }

    @Override
    public Operation create(Caller caller, NewInstance request, @Nullable String idempotencyKey) {
        IdempotencyKey key = IdempotencyKey.of(
                idempotencyKey, Map.<String, Object>of("action", "create", "request", request), platform.json());
        Optional<Operation> first = operations.replay(caller, key);
        if (first.isPresent()) {
            return first.get();
        }
        if (!platform.authorizer().access(caller).allowsSomewhere(Permissions.INSTANCE_CREATE)) {
            // Whatever the backend: to say that there is no such one would send the caller looking for it.
            platform.authorizer().require(caller, Permissions.INSTANCE_CREATE, "instances");
        }
        Connection connection = connections.get(request.backendId());
        UUID project = request.projectId();
        if (project == null) {
            requireOnBackend(caller, Permissions.INSTANCE_CREATE, connection.id());
        } else {
            // On a backend everybody's instances are; whose project it is, is for the project to say.
            requireInProject(caller, Permissions.INSTANCE_CREATE, project);
        }
        if (connection.isUp()) {
            requireCapability(connection, Provisioning.class, "create");
        }
        UUID id = platform.ids().next();
        InstanceSpec spec = specifications.of(request, creations.token(id), connection);
        Admitted admitted = admission.admit(caller, "create", spec, project, connection);
        return operations.submit(new Submission(
                caller,
                "create",
                connection.id(),
                id,
                project,
                Map.of("start", request.start()),
                request.name() + " from " + request.template(),
                key,
                project == null ? null : Claim.of(request),
                database -> demands.put(database, id, admitted),
                platform.timings().create(),
                true,
                steps.create(admitted, request.start())));
    }

    @Override
    public Operation act(
            Caller caller, UUID id, String word, Map<String, Object> arguments, @Nullable String idempotencyKey) {
        IdempotencyKey key = IdempotencyKey.of(
                idempotencyKey,
                Map.<String, Object>of("action", word, "instance", id, "arguments", arguments),
                platform.json());
        Optional<Operation> first = operations.replay(caller, key);
        if (first.isPresent()) {
            return first.get();
        }
        Action action = Action.of(word).orElse(null);
        if (action == null) {
            requireVisible(caller, inventory.get(id));
            throw Action.unknown(word);
        }
        return submit(caller, inventory.get(id), action, arguments, key);
    }

    @Override
    public Instance move(Caller caller, UUID id, @Nullable UUID projectId) {
        Entry entry = inventory.get(id);
        requireOn(caller, entry, Permissions.INSTANCE_UPDATE);
        if (!entry.instance().managed()) {
            requireOn(caller, entry, Permissions.INSTANCE_MANAGE_EXTERNAL);
        }
        if (projectId == null) {
            requireOnBackend(
                    caller, Permissions.INSTANCE_UPDATE, entry.instance().backendId());
        } else {
            requireInProject(caller, Permissions.INSTANCE_UPDATE, projectId);
        }
        return moves.move(caller, entry, projectId);
    }

    @Override
    public Operation delete(Caller caller, UUID id, @Nullable String idempotencyKey) {
        IdempotencyKey key = IdempotencyKey.of(
                idempotencyKey, Map.<String, Object>of("action", "delete", "instance", id), platform.json());
        Optional<Operation> first = operations.replay(caller, key);
        return first.isPresent() ? first.get() : submit(caller, inventory.get(id), Action.DELETE, Map.of(), key);
    }

    private Operation submit(
            Caller caller, Entry entry, Action action, Map<String, Object> arguments, @Nullable IdempotencyKey key) {
        Instance instance = entry.instance();
        requireOn(caller, entry, action.permission());
        if (!instance.managed()) {
            requireOn(caller, entry, Permissions.INSTANCE_MANAGE_EXTERNAL);
        }
        Duration grace = grace(action, arguments);
        Connection connection = connections.get(instance.backendId());
        requireReachable(connection);
        requireCapability(connection, action.capability(), action.word());
        return operations.submit(new Submission(
                caller,
                action.word(),
                connection.id(),
                instance.id(),
                instance.projectId(),
                Map.of(),
                instance.name(),
                key,
                null,
                Submission.NOTHING_ELSE,
                action.hasGrace() ? grace.plus(AFTER_GRACE) : platform.timings().action(),
                action.isExclusive(),
                steps.act(action.word(), entry.nativeId(), grace)));
    }

    private void requireVisible(Caller caller, Entry entry) {
        if (!platform.authorizer().access(caller).allows(Permissions.INSTANCE_READ, entry.scopes())) {
            throw FreeholdException.notFound("instance");
        }
    }

    private void requireOn(Caller caller, Entry entry, Permission permission) {
        require(caller, permission, Permissions.INSTANCE_READ, entry.scopes(), "instance", "instances/" + entry.id());
    }

    private void requireOnBackend(Caller caller, Permission permission, UUID backend) {
        List<Scope> scopes = List.of(Scope.backend(backend));
        require(caller, permission, Permissions.BACKEND_READ, scopes, "backend", "backends/" + backend);
    }

    /** Somebody who holds anything in a project, or may read it, knows of it. */
    private void requireInProject(Caller caller, Permission permission, UUID project) {
        Scope scope = Scope.project(project);
        boolean isMember = platform.authorizer().access(caller).byScope().containsKey(scope);
        if (isMember && !platform.authorizer().access(caller).allows(permission, List.of(scope))) {
            platform.authorizer().require(caller, permission, "projects/" + project);
        }
        require(caller, permission, Permissions.PROJECT_READ, List.of(scope), "project", "projects/" + project);
    }

    private void require(
            Caller caller, Permission permission, Permission toSee, List<Scope> scopes, String what, String resource) {
        platform.authorizer().require(caller, permission, toSee, scopes, what, resource);
    }

    /** Refuses what would only wait; a provider that is being replaced is worth waiting for. */
    private void requireReachable(Connection connection) {
        switch (connection.view().health().status()) {
            case UP, CONNECTING -> {}
            case DOWN -> throw unreachable(connection);
            case NO_PROVIDER -> {
                Duration gone = Duration.between(
                        connection.view().health().since(), platform.clock().instant());
                if (gone.compareTo(platform.timings().availability()) > 0) {
                    throw unreachable(connection);
                }
            }
        }
    }

    private static FreeholdException unreachable(Connection connection) {
        return new FreeholdException(
                ErrorCode.UNAVAILABLE,
                "Backend '" + connection.view().name() + "' cannot be reached: "
                        + connection.view().health().message());
    }

    private static void requireCapability(Connection connection, Class<?> capability, String word) {
        if (!connection.view().capabilities().isEmpty() && !connection.can(capability)) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT,
                    "UNSUPPORTED",
                    "Backend '" + connection.view().name() + "' cannot " + word + " instances.");
        }
    }

    private static Duration grace(Action action, Map<String, Object> arguments) {
        List<Violation> violations = new ArrayList<>();
        Duration grace = GRACE;
        for (Map.Entry<String, Object> argument : arguments.entrySet()) {
            if (!action.hasGrace() || !"timeoutSeconds".equals(argument.getKey())) {
                violations.add(new Violation(argument.getKey(), "is not known to " + action.word()));
            } else if (argument.getValue() instanceof Number number
                    && number.doubleValue() == number.intValue()
                    && number.intValue() >= 0
                    && number.intValue() <= LONGEST_GRACE_SECONDS) {
                grace = Duration.ofSeconds(number.intValue());
            } else {
                violations.add(
                        new Violation("timeoutSeconds", "must be a whole number from 0 to " + LONGEST_GRACE_SECONDS));
            }
        }
        if (!violations.isEmpty()) {
            throw FreeholdException.invalid(violations);
        }
        return grace;
    }
}
