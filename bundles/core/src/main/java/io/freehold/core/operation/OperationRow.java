package io.freehold.core.operation;

import io.freehold.api.operation.Operation;
import io.freehold.api.operation.Operation.OperationError;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operation as it is stored.
 *
 * @param caller who began it, as the audit log names it
 * @param projectId the project of its instance
 * @param arguments what finishing it after a crash takes; never a secret
 * @param creationToken for a creation: the token, which is the id that the instance gets
 * @param requestHash tells the request of the idempotency key from another
 */
record OperationRow(
        Operation operation,
        Caller caller,
        @Nullable UUID projectId,
        Map<String, Object> arguments,
        @Nullable UUID creationToken,
        @Nullable String idempotencyKey,
        @Nullable String requestHash) {

    UUID id() {
        return operation.id();
    }

    UUID backendId() {
        return operation.backendId();
    }

    /** The instance that it works on, or that it is to create. */
    @Nullable
    UUID target() {
        return operation.instanceId() != null ? operation.instanceId() : creationToken;
    }

    /** What the audit log calls that instance. */
    String resource() {
        return "instances/" + target();
    }

    /** Where somebody may hold the permission to see it. */
    List<Scope> scopes() {
        return scopes(operation.instanceId(), projectId, operation.backendId());
    }

    static List<Scope> scopes(@Nullable UUID instanceId, @Nullable UUID projectId, UUID backendId) {
        List<Scope> scopes = new ArrayList<>();
        if (instanceId != null) {
            scopes.add(Scope.instance(instanceId));
        }
        if (projectId != null) {
            scopes.add(Scope.project(projectId));
        }
        scopes.add(Scope.backend(backendId));
        return scopes;
    }

    OperationRow with(Operation changed) {
        return new OperationRow(changed, caller, projectId, arguments, creationToken, idempotencyKey, requestHash);
    }

    OperationRow running(Instant now, long revision) {
        return with(copy(
                operation.instanceId(),
                OperationStatus.RUNNING,
                operation.progress(),
                operation.message(),
                null,
                now,
                null,
                revision));
    }

    OperationRow cancelling(long revision) {
        return with(copy(
                operation.instanceId(),
                OperationStatus.CANCELLING,
                operation.progress(),
                operation.message(),
                null,
                operation.startedAt(),
                null,
                revision));
    }

    OperationRow progress(int progress, String message, long revision) {
        return with(copy(
                operation.instanceId(),
                operation.status(),
                progress,
                message,
                null,
                operation.startedAt(),
                null,
                revision));
    }

    OperationRow on(UUID instanceId, long revision) {
        return with(copy(
                instanceId,
                operation.status(),
                operation.progress(),
                operation.message(),
                null,
                operation.startedAt(),
                null,
                revision));
    }

    OperationRow ended(OperationStatus status, @Nullable OperationError error, Instant now, long revision) {
        int progress = status == OperationStatus.SUCCEEDED ? 100 : operation.progress();
        return with(copy(
                operation.instanceId(),
                status,
                progress,
                operation.message(),
                error,
                operation.startedAt(),
                now,
                revision));
    }

    private Operation copy(
            @Nullable UUID instanceId,
            OperationStatus status,
            int progress,
            String message,
            @Nullable OperationError error,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            long revision) {
        return new Operation(
                operation.id(),
                operation.action(),
                operation.backendId(),
                instanceId,
                status,
                progress,
                message,
                error,
                operation.createdBy(),
                operation.createdAt(),
                startedAt,
                endedAt,
                revision);
    }
}
