package io.freehold.rest.memory;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.admission.AdmissionPolicies;
import io.freehold.api.admission.AdmissionPolicy;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Admission policies in a map. */
public final class MemoryPolicies implements AdmissionPolicies {
    private final MemorySecurity security;
    private final Map<Scope, SetPolicy> policies = new ConcurrentHashMap<>();

    MemoryPolicies(MemorySecurity security) {
        this.security = security;
    }

    @Override
    public List<SetPolicy> list(Caller caller) {
        security.require(caller, Permissions.ADMISSION_READ, "admission-policies");
        return List.copyOf(policies.values());
    }

    @Override
    public SetPolicy get(Caller caller, Scope scope) {
        security.require(caller, Permissions.ADMISSION_READ, "admission-policies");
        return policies.getOrDefault(scope, new SetPolicy(scope, AdmissionPolicy.DEFAULT, 0));
    }

    @Override
    public SetPolicy set(Caller caller, Scope scope, AdmissionPolicy policy, long version) {
        security.require(caller, Permissions.ADMISSION_MANAGE, "admission-policies");
        SetPolicy before = policies.getOrDefault(scope, new SetPolicy(scope, AdmissionPolicy.DEFAULT, 0));
        if (before.version() != version) {
            throw new FreeholdException(ErrorCode.STALE, "The policy has changed since.");
        }
        SetPolicy next = new SetPolicy(scope, policy, version + 1);
        policies.put(scope, next);
        return next;
    }

    @Override
    public void remove(Caller caller, Scope scope) {
        security.require(caller, Permissions.ADMISSION_MANAGE, "admission-policies");
        policies.remove(scope);
    }
}
