package io.freehold.api.operation;

import io.freehold.api.ErrorCode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One long-running action, persisted before it starts.
 *
 * @param action {@code create}, {@code start}, {@code stop}, …, {@code delete}
 * @param backendId the backend that it works on
 * @param instanceId the instance; of a creation, the id that the new one gets, whether it exists yet or never
 *     will; null if it is about none
 * @param progress 0 to 100, never going back; 100 once it succeeded
 * @param message what is being done, for people; empty if there is nothing to say
 * @param error why it failed; null unless it did
 * @param createdBy the principal, such as {@code user:…}
 * @param revision grows with every change of this operation
 */
public record Operation(
        UUID id,
        String action,
        UUID backendId,
        @Nullable UUID instanceId,
        OperationStatus status,
        int progress,
        String message,
        @Nullable OperationError error,
        String createdBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long revision) {

    /**
     * Why an operation failed.
     *
     * @param message what happened and what to do, for people
     */
    public record OperationError(ErrorCode code, String message) {}
}
