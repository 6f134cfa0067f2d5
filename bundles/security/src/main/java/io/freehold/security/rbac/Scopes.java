package io.freehold.security.rbac;

import io.freehold.api.project.Project;
import io.freehold.api.project.Quotas;
import io.freehold.api.project.ScopeRegistry;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Scope;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditTrail;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keeps projects and bindings in step with the instances and backends of the bundle that owns those. */
final class Scopes implements ScopeRegistry {
    private final Transactions transactions;
    private final RoleBindings bindings;
    private final AuditTrail trail;

    Scopes(Transactions transactions, RoleBindings bindings, AuditTrail trail) {
        this.transactions = transactions;
        this.bindings = bindings;
        this.trail = trail;
    }

    @Override
    public Optional<Quotas> quotas(UUID projectId) {
        return transactions
                .read(connection -> ProjectTable.find(connection, projectId))
                .map(Project::quotas);
    }

    @Override
    public boolean hold(UUID projectId) {
        return transactions.write(connection -> {
            trail.hold(connection);
            return ProjectTable.exists(connection, projectId);
        });
    }

    @Override
    public void removed(Caller caller, Collection<Scope> scopes) {
        if (!scopes.isEmpty()) {
            transactions.write(connection -> {
                bindings.removeAt(connection, caller, Set.copyOf(scopes));
                return scopes.size();
            });
        }
    }
}
