package io.freehold.api.admission;

import io.freehold.api.FreeholdException;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Scope;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The policies that administrators set: for everybody, for a project, for a backend, with which they go. For an instance those of its project
 * and backend and the one for everybody hold together, as {@link AdmissionPolicy#of} says. Reading takes
 * {@code admission:read}, at {@code /}.
 */
@ProviderType
public interface AdmissionPolicies {

    /**
     * A policy as it stands.
     *
     * @param version differs whenever the policy does; 0 where none is set
     */
    record SetPolicy(Scope scope, AdmissionPolicy policy, long version) {}

    /**
     * Every policy that is set, in the order of their scopes.
     *
     * @throws FreeholdException {@code DENIED}
     */
    List<SetPolicy> list(Caller caller);

    /**
     * The policy of a scope; {@link AdmissionPolicy#DEFAULT} where none is set.
     *
     * @throws FreeholdException {@code DENIED}; {@code NOT_FOUND} if there is no such backend or project
     */
    SetPolicy get(Caller caller, Scope scope);

    /**
     * Sets the policy of a scope, from the next creation on. Takes {@code admission:manage}, and
     * {@code instance:host-access} as well: nobody gives away what they do not hold.
     *
     * @param version the version that it replaces
     * @throws FreeholdException {@code DENIED}, {@code NOT_FOUND}, {@code STALE}; {@code INVALID} naming what cannot be allowed
     */
    SetPolicy set(Caller caller, Scope scope, AdmissionPolicy policy, long version);

    /**
     * Takes a policy away, so that the default holds again; one that is not set is fine.
     *
     * @throws FreeholdException {@code DENIED}, {@code NOT_FOUND}
     */
    void remove(Caller caller, Scope scope);
}
