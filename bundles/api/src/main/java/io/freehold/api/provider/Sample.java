package io.freehold.api.provider;

import java.time.Instant;

/**
 * What an instance uses. Counters grow from the instance's start on.
 *
 * @param cpuCores cores in use over the last second, such as 0.25
 * @param memoryBytes memory in use, caches that can be given back left out
 * @param memoryLimitBytes the memory that it may use; that of the machine where it has no limit
 */
public record Sample(
        Instant at,
        double cpuCores,
        long memoryBytes,
        long memoryLimitBytes,
        long diskReadBytes,
        long diskWriteBytes,
        long networkRxBytes,
        long networkTxBytes) {}
