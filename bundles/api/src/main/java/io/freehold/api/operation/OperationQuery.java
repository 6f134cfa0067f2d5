package io.freehold.api.operation;

import io.freehold.api.PageRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which operations are wanted, newest first; null means any. */
public record OperationQuery(
        @Nullable UUID instanceId,
        @Nullable OperationStatus status,
        @Nullable String action,
        PageRequest page) {}
