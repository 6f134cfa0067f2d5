package io.freehold.core.admission;

import io.freehold.api.FreeholdException;
import io.freehold.api.Violation;
import io.freehold.api.admission.AdmissionPolicy;
import io.freehold.api.admission.Demand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses policies that would allow more than they say. */
final class PolicyCheck {
    private static final int MOST = 1000;
    private static final int LONGEST = 1000;

    private PolicyCheck() {}

    /**
     * @throws FreeholdException {@code INVALID} naming what cannot be allowed
     */
    static void check(AdmissionPolicy policy) {
        List<Violation> violations = new ArrayList<>();
        if (policy.allowed().size() > MOST) {
            violations.add(new Violation("allow", "must have at most " + MOST + " entries"));
        } else {
            policy.allowed().forEach(demand -> check(demand, violations));
        }
        AdmissionPolicy.Limits limits = policy.limits();
        atLeast(limits.memoryBytes(), 1, "limits.memoryBytes", violations);
        atLeast(limits.processes(), 1, "limits.pids", violations);
        if (limits.cpus() != null && !(limits.cpus() > 0 && limits.cpus() <= 4096)) {
            violations.add(new Violation("limits.cpus", "must be more than 0, and at most 4096"));
        }
        if (!violations.isEmpty()) {
            throw FreeholdException.invalid(violations);
        }
    }

    private static void check(Demand demand, List<Violation> violations) {
        if (demand instanceof Demand.HostFolder folder && folder.path().leadsToEngine()) {
            violations.add(new Violation(
                    "allow.hostPaths",
                    folder.path() + " leads to the engine, and by it to everything: that takes instance:host-access"));
        } else if (demand instanceof Demand.DrivenVolume volume) {
            boolean local = volume.driver().equals("local");
            name("allow.volumeDrivers", local ? "" : volume.driver(), violations);
        } else if (demand instanceof Demand.NamedVolume volume) {
            name("allow.volumes", volume.name(), violations);
        } else if (demand instanceof Demand.LinuxCapability capability) {
            name("allow.capabilities", capability.name(), violations);
        } else if (demand instanceof Demand.SecurityOption option) {
            name("allow.securityOptions", option.text(), violations);
        } else if (demand instanceof Demand.Sysctl sysctl) {
            name("allow.sysctls", sysctl.name(), violations);
        } else if (demand instanceof Demand.EngineRuntime runtime) {
            name("allow.runtimes", runtime.name(), violations);
        } else if (demand instanceof Demand.Other || demand instanceof Demand.Processes) {
            violations.add(new Violation("allow", "cannot allow " + demand.words()));
        }
    }

    private static void name(String field, String name, List<Violation> violations) {
        if (name.isBlank() || name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
            violations.add(new Violation(
                    field,
                    field.equals("allow.volumeDrivers")
                            ? "must name a driver other than local, whose options reach every folder: use hostPaths"
                            : "must be a name, of at most " + LONGEST + " characters"));
        }
    }

    private static void atLeast(@Nullable Long value, long least, String field, List<Violation> violations) {
        if (value != null && value < least) {
            violations.add(new Violation(field, "must be " + least + " or more"));
        }
    }
}
