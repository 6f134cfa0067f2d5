package io.freehold.api.project;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A group of instances. Its members are who holds a role at its scope.
 *
 * @param name unlike every other's, whatever the case
 * @param version for {@code If-Match}; grows with every change
 */
public record Project(
        UUID id, String name, @Nullable String description, Quotas quotas, Instant createdAt, long version) {}
