package io.freehold.api.admission;

import io.freehold.api.Violation;
import io.freehold.api.admission.Demand.HostFolder;
import io.freehold.api.admission.HostPath.Access;
import io.freehold.api.instance.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is allowed to who does not hold {@code instance:host-access}.
 *
 * @param allowed what may be asked of the host
 */
public record AdmissionPolicy(List<Demand> allowed, Limits limits) {
    /** So many processes an instance may have where no policy says anything else. */
    public static final long PROCESSES = 4096;

    /** Nothing of the host, and no limits but {@link #PROCESSES}. */
    public static final AdmissionPolicy DEFAULT = new AdmissionPolicy(List.of(), Limits.NONE);

    public AdmissionPolicy {
        allowed = List.copyOf(allowed);
    }

    /**
     * How much of its host an instance may take; null for no limit, of processes for {@link #PROCESSES}.
     *
     * @param cpus cores
     */
    public record Limits(
            @Nullable Long memoryBytes,
            @Nullable Double cpus,
            @Nullable Long processes) {
        public static final Limits NONE = new Limits(null, null, null);
    }

    /** What holds where several policies apply: what any of them allows, and the least of their limits. */
    public static AdmissionPolicy of(List<AdmissionPolicy> policies) {
        return new AdmissionPolicy(
                policies.stream().flatMap(policy -> policy.allowed.stream()).toList(),
                new Limits(
                        least(policies, Limits::memoryBytes),
                        least(policies, Limits::cpus),
                        least(policies, Limits::processes)));
    }

    /** Whether this may be asked for. */
    public boolean admits(Demand demand) {
        if (demand instanceof Demand.Processes wanted) {
            Long limit = limits.processes;
            return wanted.limit() <= (limit == null ? PROCESSES : limit);
        }
        return allowed.stream().anyMatch(one -> one.covers(demand)) && !isBeneathWritable(demand);
    }

    /** What is wrong with so much of it, for people and by the names of the request; empty if it may be had. */
    public List<Violation> exceededBy(Resources wanted) {
        List<Violation> exceeded = new ArrayList<>();
        Long memory = limits.memoryBytes;
        if (memory != null && (wanted.memoryBytes() == null || wanted.memoryBytes() > memory)) {
            exceeded.add(new Violation(
                    "resources.memoryBytes", "must be given, and at most " + memory + ": the policy limits it"));
        }
        Double cpus = limits.cpus;
        if (cpus != null && (wanted.cpus() == null || wanted.cpus() > cpus)) {
            exceeded.add(
                    new Violation("resources.cpus", "must be given, and at most " + cpus + ": the policy limits it"));
        }
        return exceeded;
    }

    /** Within a folder that some may write to, a name may be a link to anywhere. */
    private boolean isBeneathWritable(Demand demand) {
        return demand instanceof HostFolder wanted
                && allowed.stream()
                        .flatMap(one -> one instanceof HostFolder folder ? Stream.of(folder) : Stream.empty())
                        .anyMatch(folder -> folder.access() == Access.WRITABLE
                                && wanted.path().isBeneath(folder.path())
                                && !wanted.path().isSameAs(folder.path()));
    }

    private static <T extends Comparable<T>> @Nullable T least(
            List<AdmissionPolicy> policies, Function<Limits, @Nullable T> limit) {
        return policies.stream()
                .map(policy -> limit.apply(policy.limits))
                .filter(Objects::nonNull)
                .min(Comparable::compareTo)
                .orElse(null);
    }
}
