package io.freehold.rest.memory;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.event.EventType;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationQuery;
import io.freehold.api.operation.OperationService;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.security.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Operations in a map; they end when a test says so. */
public final class MemoryOperations implements OperationService {
    private final MemoryEvents events;
    private final Map<UUID, Operation> operations = new ConcurrentHashMap<>();
    private final Map<UUID, CompletableFuture<Operation>> ends = new ConcurrentHashMap<>();
    public volatile @Nullable Duration lastPatience;

    MemoryOperations(MemoryEvents events) {
        this.events = events;
    }

    public Operation begin(String action, @Nullable UUID instance, UUID backend) {
        Operation operation = new Operation(
                UUID.randomUUID(),
                action,
                backend,
                instance,
                OperationStatus.RUNNING,
                10,
                "working",
                null,
                "user:x",
                Instant.now(),
                Instant.now(),
                null,
                1);
        operations.put(operation.id(), operation);
        ends.put(operation.id(), new CompletableFuture<>());
        return operation;
    }

    public void end(UUID id, OperationStatus status) {
        Operation now = find(id);
        Operation ended = new Operation(
                id,
                now.action(),
                now.backendId(),
                now.instanceId(),
                status,
                100,
                "",
                null,
                now.createdBy(),
                now.createdAt(),
                now.startedAt(),
                Instant.now(),
                now.revision() + 1);
        operations.put(id, ended);
        CompletableFuture<Operation> end = ends.get(id);
        if (end != null) {
            end.complete(ended);
        }
        events.publish(EventType.OPERATION_CHANGED, ended.revision(), ended);
    }

    private Operation find(UUID id) {
        Operation operation = operations.get(id);
        if (operation == null) {
            throw FreeholdException.notFound("operation");
        }
        return operation;
    }

    @Override
    public Page<Operation> list(Caller caller, OperationQuery query) {
        List<Operation> all = operations.values().stream()
                .filter(operation -> query.status() == null || operation.status() == query.status())
                .toList();
        return new Page<>(all, null, all.size());
    }

    @Override
    public Operation get(Caller caller, UUID id) {
        return find(id);
    }

    @Override
    public CompletionStage<Operation> await(Caller caller, UUID id, Duration patience) {
        lastPatience = patience;
        find(id);
        return ends.computeIfAbsent(id, any -> new CompletableFuture<>())
                .copy()
                .completeOnTimeout(find(id), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Operation cancel(Caller caller, UUID id) {
        end(id, OperationStatus.CANCELLED);
        return find(id);
    }
}
