package io.freehold.core.project;

import io.freehold.api.project.ScopeRegistry;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Scope;
import io.freehold.core.admission.DemandStore;
import io.freehold.core.admission.Policies;
import io.freehold.core.inventory.InstanceStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Takes along, when instances, a backend or a project go, what hangs on them: role bindings, admission policies, and
 * what they were promised.
 */
public final class Departures {
    private final ScopeRegistry registry;
    private final InstanceStore store;
    private final Claims claims;
    private final Policies policies;
    private final DemandStore demands;

    public Departures(
            ScopeRegistry registry, InstanceStore store, Claims claims, Policies policies, DemandStore demands) {
        this.registry = registry;
        this.store = store;
        this.claims = claims;
        this.policies = policies;
        this.demands = demands;
    }

    /** Instances are gone; in the transaction that deletes their rows. */
    public void instances(Connection connection, Collection<UUID> ids) throws SQLException {
        registry.removed(
                Caller.core("inventory"), ids.stream().map(Scope::instance).toList());
        claims.delete(connection, ids);
        demands.delete(connection, ids);
    }

    /** A backend is deleted, and with it the rows of its instances; in the transaction that does so. */
    public void backend(Connection connection, Caller caller, UUID backend, Collection<UUID> instances)
            throws SQLException {
        List<Scope> scopes =
                new ArrayList<>(instances.stream().map(Scope::instance).toList());
        scopes.add(Scope.backend(backend));
        registry.removed(caller, scopes);
        policies.gone(connection, caller, Scope.backend(backend));
        claims.delete(connection, instances);
        demands.delete(connection, instances);
        store.deleteAll(connection, backend);
    }
}
