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
 * @param requestHash tells the request of the idempotency key from another
 */
record OperationRow(
        Operation operation,
        Caller caller,
        @Nullable UUID projectId,
        Map<String, Object> arguments,
        @Nullable String idempotencyKey,
        @Nullable String requestHash) {

    UUID id() {
        return operation.id();
    }

    UUID backendId() {
        return operation.backendId();
    }

    /** Whether it creates its instance. */
    boolean isCreation() {
        return "create".equals(operation.action());
    }

    /** What the audit log calls the instance that it works on, or that it is to create. */
    String resource() {
        return "instances/" + operation.instanceId();
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
        return new OperationRow(changed, caller, projectId, arguments, idempotencyKey, requestHash);
    }

    OperationRow running(Instant now, long revision) {
        return with(
                copy(OperationStatus.RUNNING, operation.progress(), operation.message(), null, now, null, revision));
    }

    OperationRow cancelling(long revision) {
        return with(copy(
                OperationStatus.CANCELLING,
                operation.progress(),
                operation.message(),
                null,
                operation.startedAt(),
                null,
                revision));
    }

    OperationRow progress(int progress, String message, long revision) {
        return with(copy(operation.status(), progress, message, null, operation.startedAt(), null, revision));
    }

    OperationRow ended(OperationStatus status, @Nullable OperationError error, Instant now, long revision) {
        int progress = status == OperationStatus.SUCCEEDED ? 100 : operation.progress();
        // Nothing is being done any more; what was done is its action and its status.
        return with(copy(status, progress, "", error, operation.startedAt(), now, revision));
    }

    private Operation copy(
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
                operation.instanceId(),
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
