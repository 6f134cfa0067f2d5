package io.freehold.api.instance;

import org.jspecify.annotations.Nullable;

/**
 * What an instance may use; null means without a limit of its own.
 *
 * @param cpus in cores, such as 0.5
 * @param memoryBytes memory in bytes
 * @param diskBytes disk space in bytes
 */
public record Resources(
        @Nullable Double cpus,
        @Nullable Long memoryBytes,
        @Nullable Long diskBytes) {
    public static final Resources UNLIMITED = new Resources(null, null, null);
}
