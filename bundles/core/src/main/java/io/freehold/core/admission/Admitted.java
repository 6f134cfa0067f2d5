package io.freehold.core.admission;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.admission.Demand;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.Provisioning;
import java.util.List;
import java.util.Set;

/**
 * A specification that passed {@link Admission}, which alone makes these: whatever has a backend make something takes
 * one, so that nothing goes round the check.
 */
public final class Admitted {
    private final InstanceSpec spec;
    private final Set<Demand> demands;

    Admitted(InstanceSpec spec, List<Demand> demands) {
        this.spec = spec;
        this.demands = Set.copyOf(demands);
    }

    Set<Demand> demands() {
        return demands;
    }

    /**
     * The specification, for this provider: it may be another version than the one that was asked before.
     *
     * @throws FreeholdException {@code CONFLICT} if it now asks for more than was admitted
     */
    public InstanceSpec checked(Provisioning provisioning) {
        if (!demands.containsAll(provisioning.demands(spec))) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT,
                    "ADMISSION_CHANGED",
                    "The provider was replaced meanwhile, and now asks for more of the host; try again.");
        }
        return spec;
    }
}
