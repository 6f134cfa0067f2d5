package io.freehold.core.admission;

import io.freehold.api.FreeholdException;
import io.freehold.api.admission.AdmissionPolicies;
import io.freehold.api.admission.AdmissionPolicy;
import io.freehold.api.audit.Outcome;
import io.freehold.api.project.ScopeRegistry;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.core.util.Platform;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The policies that are set: in memory to be asked, in the database to last. Memory follows the database after each
 * commit, in the same order. Thread-safe.
 */
public final class Policies implements AdmissionPolicies {
    private static final String INSTANCES = "/instances/";
    private static final String BACKENDS = "/backends/";
    private static final String PROJECTS = "/projects/";

    private final Map<Scope, SetPolicy> policies = new ConcurrentHashMap<>();
    private final PolicyStore store;
    private final ScopeRegistry registry;
    private final Platform platform;

    /** Reads what is stored. */
    public Policies(ScopeRegistry registry, Platform platform) {
        this.store = new PolicyStore(platform.json());
        this.registry = registry;
        this.platform = platform;
        platform.transactions().read(store::load).forEach(policy -> policies.put(policy.scope(), policy));
    }

    /** What holds for an instance that is in these scopes. Waits for nothing. */
    AdmissionPolicy at(List<Scope> scopes) {
        return AdmissionPolicy.of(Stream.concat(Stream.of(Scope.ROOT), scopes.stream())
                .flatMap(scope -> Optional.ofNullable(policies.get(scope)).stream())
                .map(SetPolicy::policy)
                .toList());
    }

    @Override
    public List<SetPolicy> list(Caller caller) {
        require(caller, Permissions.ADMISSION_READ, "admission-policies");
        return policies.values().stream()
                .sorted(Comparator.comparing(policy -> policy.scope().path()))
                .toList();
    }

    @Override
    public SetPolicy get(Caller caller, Scope scope) {
        require(caller, Permissions.ADMISSION_READ, resource(scope));
        SetPolicy set = policies.get(scope);
        if (set == null) {
            platform.transactions().read(connection -> requireThere(connection, scope));
        }
        return set == null ? new SetPolicy(scope, AdmissionPolicy.DEFAULT, 0) : set;
    }

    @Override
    public SetPolicy set(Caller caller, Scope scope, AdmissionPolicy policy, long version) {
        require(caller, Permissions.ADMISSION_MANAGE, resource(scope));
        require(caller, Permissions.INSTANCE_HOST_ACCESS, resource(scope));
        PolicyCheck.check(policy);
        SetPolicy next = new SetPolicy(scope, policy, platform.revisions().next());
        return platform.transactions().write(connection -> {
            requireThere(connection, scope);
            store.put(connection, next, version);
            platform.audit().record(caller, "admission.set", resource(scope), Outcome.SUCCESS, words(policy));
            platform.transactions().afterCommit(() -> policies.put(scope, next));
            return next;
        });
    }

    @Override
    public void remove(Caller caller, Scope scope) {
        require(caller, Permissions.ADMISSION_MANAGE, resource(scope));
        require(caller, Permissions.INSTANCE_HOST_ACCESS, resource(scope));
        platform.transactions().write(connection -> {
            requireThere(connection, scope);
            gone(connection, caller, scope);
            return scope;
        });
    }

    /** A backend or project goes, and its policy with it; in the transaction that deletes it. */
    public void gone(Connection connection, Caller caller, Scope scope) throws SQLException {
        if (store.delete(connection, scope)) {
            platform.audit().record(caller, "admission.remove", resource(scope), Outcome.SUCCESS, "");
            platform.transactions().afterCommit(() -> policies.remove(scope));
        }
    }

    private void require(Caller caller, Permission permission, String resource) {
        platform.authorizer().require(caller, permission, resource);
    }

    /** Within a {@code write} it stays until that ends. */
    private Scope requireThere(Connection connection, Scope scope) throws SQLException {
        if (scope.path().startsWith(INSTANCES)) {
            throw FreeholdException.notFound("admission policy");
        }
        if (scope.path().startsWith(BACKENDS) && !store.isBackend(connection, id(scope, BACKENDS))) {
            throw FreeholdException.notFound("backend");
        }
        if (scope.path().startsWith(PROJECTS)
                && registry.quotas(id(scope, PROJECTS)).isEmpty()) {
            throw FreeholdException.notFound("project");
        }
        return scope;
    }

    private static UUID id(Scope scope, String before) {
        return UUID.fromString(scope.path().substring(before.length()));
    }

    private static String resource(Scope scope) {
        return "admission-policies" + (scope.equals(Scope.ROOT) ? "" : scope.path());
    }

    private static String words(AdmissionPolicy policy) {
        String allowed = policy.allowed().stream()
                .limit(50)
                .map(demand -> demand.words())
                .collect(Collectors.joining("; "));
        return "allows " + (allowed.isEmpty() ? "nothing" : allowed) + "; limits " + policy.limits();
    }
}
