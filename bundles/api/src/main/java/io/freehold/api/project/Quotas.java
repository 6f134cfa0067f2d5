package io.freehold.api.project;

import org.jspecify.annotations.Nullable;

/**
 * How much the instances of a project may use together; null means as much as there is.
 *
 * @param instances how many there may be
 * @param memoryBytes the sum of their limits of memory, in bytes
 * @param cpus the sum of their limits, in cores
 * @param diskBytes the sum of their limits of disk space, in bytes
 * @param ports how many ports they may publish
 * @param backups how many backups of them may be kept
 */
public record Quotas(
        @Nullable Long instances,
        @Nullable Long memoryBytes,
        @Nullable Double cpus,
        @Nullable Long diskBytes,
        @Nullable Long ports,
        @Nullable Long backups) {
    public static final Quotas UNLIMITED = new Quotas(null, null, null, null, null, null);
}
