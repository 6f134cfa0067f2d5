package io.freehold.core.project;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Violation;
import io.freehold.api.project.Quotas;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up what the instances of one project use, and compares it with quotas. Exact: tenths of cores add up. */
final class Usage {
    private final Map<Measure, BigDecimal> used = new EnumMap<>(Measure.class);

    /** What is counted, by the name that people know it by. */
    private enum Measure {
        INSTANCES("instances"),
        CPUS("cpus"),
        MEMORY("memoryBytes"),
        DISK("diskBytes"),
        PORTS("ports");

        final String word;

        Measure(String word) {
            this.word = word;
        }

        @Nullable
        Number of(Claim claim) {
            return switch (this) {
                case INSTANCES -> 1L;
                case CPUS -> claim.resources().cpus();
                case MEMORY -> claim.resources().memoryBytes();
                case DISK -> claim.resources().diskBytes();
                case PORTS -> claim.ports();
            };
        }

        @Nullable
        Number of(Quotas quotas) {
            return switch (this) {
                case INSTANCES -> quotas.instances();
                case CPUS -> quotas.cpus();
                case MEMORY -> quotas.memoryBytes();
                case DISK -> quotas.diskBytes();
                case PORTS -> quotas.ports();
            };
        }
    }

    void add(Claim claim) {
        for (Measure measure : Measure.values()) {
            Number more = measure.of(claim);
            if (more != null) {
                used.merge(measure, exact(more), BigDecimal::add);
            }
        }
    }

    /**
     * Refuses what has no room.
     *
     * @throws FreeholdException {@code INVALID} naming the limits that are missing: what is without a limit fits into
     *     no quota; {@code CONFLICT}, {@code QUOTA_EXCEEDED}
     */
    void requireRoom(Claim claim, Quotas quotas) {
        List<Violation> missing = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            if (measure.of(quotas) != null && measure.of(claim) == null) {
                missing.add(new Violation("resources." + measure.word, "is required: the project has a quota for it"));
            }
        }
        if (!missing.isEmpty()) {
            throw FreeholdException.invalid(missing);
        }
        for (Measure measure : Measure.values()) {
            requireRoom(measure, measure.of(claim), measure.of(quotas));
        }
    }

    private void requireRoom(Measure measure, @Nullable Number wanted, @Nullable Number quota) {
        if (wanted == null || quota == null) {
            return;
        }
        BigDecimal more = exact(wanted);
        BigDecimal present = used.getOrDefault(measure, BigDecimal.ZERO);
        if (more.signum() > 0 && present.add(more).compareTo(exact(quota)) > 0) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT,
                    "QUOTA_EXCEEDED",
                    "The project's quota of " + measure.word + " is "
                            + exact(quota).toPlainString() + ", and "
                            + present.toPlainString() + " are in use: there is no room for " + more.toPlainString()
                            + " more.");
        }
    }

    private static BigDecimal exact(Number number) {
        BigDecimal exact = new BigDecimal(number.toString());
        return exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
    }
}
