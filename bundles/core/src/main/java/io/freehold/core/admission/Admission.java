package io.freehold.core.admission;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Violation;
import io.freehold.api.admission.AdmissionPolicy;
import io.freehold.api.admission.Demand;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.Resources;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.Provisioning;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.core.backend.Connection;
import io.freehold.core.util.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one check of what an instance asks of its host, on the final specification: whoever does not hold
 * {@code instance:host-access} gets what the policies allow, and no more. The permission counts at {@code /} and at the
 * backend alone: what reaches beyond the instance is not a project's to allow.
 */
public final class Admission {
    /** What was made outside of Freehold may have anything. */
    private static final List<Demand> UNKNOWN =
            List.of(new Demand.Other("what Freehold does not know, because it did not create it"));

    private final Policies policies;
    private final DemandStore store;
    private final Denials denials;
    private final Platform platform;

    public Admission(Policies policies, DemandStore store, Platform platform) {
        this.policies = policies;
        this.store = store;
        this.denials = new Denials(platform.audit(), platform.clock());
        this.platform = platform;
    }

    /**
     * Lets a specification pass.
     *
     * @param verb what the caller wants done with it, for the audit log: {@code create}
     * @param project whose policy holds, too; null if the instance is of none
     * @throws FreeholdException {@code DENIED} with every demand that is not allowed; {@code INVALID} naming a value that
     *     cannot work on the backend; {@code UNAVAILABLE} if it cannot be asked
     */
    public Admitted admit(
            Caller caller, String verb, InstanceSpec spec, @Nullable UUID project, Connection connection) {
        List<Demand> demands = connection.use(
                Provisioning.class, platform.timings().connect(), provisioning -> demands(provisioning, spec));
        List<Violation> violations = violations(caller, demands, spec.resources(), connection.id(), project);
        if (!violations.isEmpty()) {
            throw denied(caller, verb, violations, "backends/" + connection.id());
        }
        return new Admitted(spec, demands);
    }

    /**
     * Judges anew what an instance has of its host, before it belongs to another project: its members would have that, too.
     *
     * @param project where it is to belong; null for none
     * @throws FreeholdException {@code DENIED} with everything that is not allowed there
     */
    public void readmit(Caller caller, Instance instance, @Nullable UUID project) {
        List<Demand> demands = platform.transactions()
                .read(connection -> store.find(connection, instance.id()))
                .orElse(UNKNOWN);
        List<Violation> violations = violations(caller, demands, instance.resources(), instance.backendId(), project);
        if (!violations.isEmpty()) {
            throw denied(
                    caller,
                    "update",
                    violations.stream()
                            .map(each ->
                                    new Violation("projectId", "the instance's " + each.field() + " " + each.message()))
                            .toList(),
                    "instances/" + instance.id());
        }
    }

    private List<Violation> violations(
            Caller caller, List<Demand> demands, Resources resources, UUID backendId, @Nullable UUID project) {
        Scope backend = Scope.backend(backendId);
        if (platform.authorizer().access(caller).allows(Permissions.INSTANCE_HOST_ACCESS, List.of(backend))) {
            return List.of();
        }
        AdmissionPolicy policy =
                policies.at(project == null ? List.of(backend) : List.of(backend, Scope.project(project)));
        List<Violation> violations = new ArrayList<>(policy.exceededBy(resources));
        demands.stream()
                .filter(demand -> !policy.admits(demand))
                .forEach(demand -> violations.add(new Violation(
                        "config", "asks for " + demand.words() + ", which no admission policy allows here")));
        return violations;
    }

    private FreeholdException denied(Caller caller, String verb, List<Violation> violations, String resource) {
        String detail = violations.stream()
                .map(violation -> violation.field() + " " + violation.message())
                .collect(Collectors.joining("; "));
        denials.record(caller, "instance." + verb, resource, detail);
        return FreeholdException.denied(
                "ADMISSION_DENIED",
                "This reaches further than you may. Leave it out, or ask an administrator for an admission policy that"
                        + " allows it, or for the permission instance:host-access.",
                violations);
    }

    /** A value that the backend cannot work with is a violation like any other. */
    private static List<Demand> demands(Provisioning provisioning, InstanceSpec spec) {
        try {
            return provisioning.demands(spec);
        } catch (ProviderException e) {
            if (e.code() == ErrorCode.INVALID && e.field().isPresent()) {
                throw FreeholdException.invalid(e.field().get(), String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }
}
