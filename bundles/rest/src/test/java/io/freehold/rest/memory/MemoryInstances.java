package io.freehold.rest.memory;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.InstanceQuery;
import io.freehold.api.instance.InstanceService;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.Network;
import io.freehold.api.instance.NewInstance;
import io.freehold.api.instance.Port;
import io.freehold.api.instance.Resources;
import io.freehold.api.instance.State;
import io.freehold.api.operation.Operation;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An inventory in a map. */
public final class MemoryInstances implements InstanceService {
    public static final UUID BACKEND = UUID.fromString("01980a2e-0000-7000-8000-00000000000b");

    private final MemorySecurity security;
    private final MemoryOperations operations;
    private final Map<UUID, Instance> instances = new ConcurrentHashMap<>();
    private final AtomicLong revision = new AtomicLong(1);
    public final AtomicInteger lists = new AtomicInteger();
    public volatile @Nullable InstanceQuery lastQuery;
    public volatile @Nullable NewInstance lastRequest;
    public volatile @Nullable String lastKey;
    public volatile @Nullable Map<String, Object> lastArguments;

    MemoryInstances(MemorySecurity security, MemoryOperations operations) {
        this.security = security;
        this.operations = operations;
    }

    public Instance add(String name, State state) {
        return put(UUID.randomUUID(), name, state);
    }

    public Instance put(UUID id, String name, State state) {
        return put(id, name, state, null);
    }

    /** One that Freehold did not make. */
    public Instance addExternal(String name) {
        return put(UUID.randomUUID(), name, State.RUNNING, null, false);
    }

    public void remove(UUID id) {
        instances.remove(id);
    }

    private Instance put(UUID id, String name, State state, @Nullable UUID projectId) {
        return put(id, name, state, projectId, true);
    }

    private Instance put(UUID id, String name, State state, @Nullable UUID projectId, boolean managed) {
        Instance instance = new Instance(
                id,
                name,
                Kind.CONTAINER,
                state,
                BACKEND,
                "fake",
                null,
                projectId,
                "busybox:latest",
                Map.of("b", "2", "a", "1"),
                Instant.parse("2026-01-31T12:00:00Z"),
                new Resources(0.5, 1L << 20, null),
                new Network(List.of("172.17.0.2"), List.of(new Port(80, 8080, "tcp", "127.0.0.1"))),
                List.of("start", "delete"),
                managed,
                false,
                revision.incrementAndGet());
        instances.put(id, instance);
        return instance;
    }

    @Override
    public Page<Instance> list(Caller caller, InstanceQuery query) {
        lists.incrementAndGet();
        lastQuery = query;
        List<Instance> seen =
                security.access(caller).allows(Permissions.INSTANCE_READ) ? List.copyOf(instances.values()) : List.of();
        int end = Math.min(query.page().limit(), seen.size());
        return new Page<>(seen.subList(0, end), end < seen.size() ? "more" : null, seen.size());
    }

    @Override
    public long revision(Caller caller) {
        return revision.get();
    }

    @Override
    public Instance get(Caller caller, UUID id) {
        Instance instance = instances.get(id);
        if (instance == null || !security.access(caller).allows(Permissions.INSTANCE_READ)) {
            throw FreeholdException.notFound("instance");
        }
        return instance;
    }

    @Override
    public List<Scope> scopes(UUID id) {
        Instance instance = instances.get(id);
        return instance == null ? List.of() : instance.scopes();
    }

    @Override
    public Operation create(Caller caller, NewInstance request, @Nullable String idempotencyKey) {
        security.require(caller, Permissions.INSTANCE_CREATE, "instances");
        lastRequest = request;
        lastKey = idempotencyKey;
        return operations.begin("create", null, request.backendId());
    }

    @Override
    public Operation act(
            Caller caller, UUID id, String action, Map<String, Object> arguments, @Nullable String idempotencyKey) {
        get(caller, id);
        if ("fly".equals(action)) {
            throw new FreeholdException(ErrorCode.CONFLICT, "UNSUPPORTED", "The backend cannot do that.");
        }
        lastArguments = arguments;
        lastKey = idempotencyKey;
        return operations.begin(action, id, BACKEND);
    }

    @Override
    public Instance move(Caller caller, UUID id, @Nullable UUID projectId) {
        Instance instance = get(caller, id);
        return put(id, instance.name(), instance.state(), projectId);
    }

    @Override
    public Operation delete(Caller caller, UUID id, @Nullable String idempotencyKey) {
        return act(caller, id, "delete", Map.of(), idempotencyKey);
    }
}
