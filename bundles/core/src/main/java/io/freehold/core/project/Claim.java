package io.freehold.core.project;

import io.freehold.api.instance.Instance;
import io.freehold.api.instance.NewInstance;
import io.freehold.api.instance.Port;
import io.freehold.api.instance.Resources;
import org.jspecify.annotations.Nullable;

/**
 * What one instance counts for against quotas.
 *
 * @param resources its limits; null where it has none
 * @param ports how many it publishes
 */
public record Claim(Resources resources, long ports) {

    /** What is asked for. */
    public static Claim of(NewInstance request) {
        return new Claim(request.resources(), request.ports().size());
    }

    /** What an instance has, as its backend says. */
    public static Claim of(Instance instance) {
        return new Claim(
                instance.resources(),
                instance.network().ports().stream()
                        .map(Port::hostPort)
                        .filter(port -> port != null)
                        .count());
    }

    /** The larger of each. */
    Claim max(@Nullable Claim other) {
        if (other == null) {
            return this;
        }
        return new Claim(
                new Resources(
                        larger(resources.cpus(), other.resources.cpus()),
                        larger(resources.memoryBytes(), other.resources.memoryBytes()),
                        larger(resources.diskBytes(), other.resources.diskBytes())),
                Math.max(ports, other.ports));
    }

    private static <N extends Comparable<N>> @Nullable N larger(@Nullable N one, @Nullable N other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }
}
