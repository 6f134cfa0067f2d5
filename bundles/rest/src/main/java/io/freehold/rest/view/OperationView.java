package io.freehold.rest.view;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.freehold.api.operation.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An operation as the API shows it. */
@Schema(name = "Operation", description = "One long-running action on an instance.")
@JsonPropertyOrder({
    "id",
    "action",
    "instanceId",
    "backendId",
    "status",
    "progress",
    "message",
    "error",
    "createdBy",
    "createdAt",
    "startedAt",
    "endedAt"
})
public record OperationView(
        UUID id,
        @Schema(example = "start") String action,
        @Nullable UUID instanceId,
        UUID backendId,

        @Schema(allowableValues = {"PENDING", "RUNNING", "CANCELLING", "SUCCEEDED", "FAILED", "CANCELLED"})
        String status,

        @Schema(minimum = "0", maximum = "100") int progress,
        String message,
        @Nullable Failure error,

        @Schema(example = "user:01980a2e-0000-7000-8000-000000000000")
        String createdBy,

        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    /** Why an operation failed. */
    @Schema(name = "OperationError")
    public record Failure(String code, String message) {}

    public static OperationView of(Operation operation) {
        Operation.OperationError error = operation.error();
        return new OperationView(
                operation.id(),
                operation.action(),
                operation.instanceId(),
                operation.backendId(),
                operation.status().name(),
                operation.progress(),
                operation.message(),
                error == null ? null : new Failure(error.code().name(), error.message()),
                operation.createdBy(),
                operation.createdAt(),
                operation.startedAt(),
                operation.endedAt());
    }
}
