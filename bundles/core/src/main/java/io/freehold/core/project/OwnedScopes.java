package io.freehold.core.project;

import io.freehold.api.project.ScopeOwner;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Scope;
import io.freehold.core.admission.Policies;
import io.freehold.core.backend.Connections;
import io.freehold.core.inventory.Inventory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** Says which backends and instances there are and which projects are in use, and lets go of a project's policy. */
public final class OwnedScopes implements ScopeOwner {
    private final Inventory inventory;
    private final Connections connections;
    private final Ledger ledger;
    private final Policies policies;

    public OwnedScopes(Inventory inventory, Connections connections, Ledger ledger, Policies policies) {
        this.inventory = inventory;
        this.connections = connections;
        this.ledger = ledger;
        this.policies = policies;
    }

    @Override
    public boolean exists(Scope scope) {
        UUID id = id(scope);
        if (scope.equals(Scope.backend(id))) {
            return isBackend(id);
        }
        return scope.equals(Scope.instance(id))
                && inventory
                        .find(id)
                        .filter(entry -> isBackend(entry.instance().backendId()))
                        .isPresent();
    }

    @Override
    public boolean isUsed(Scope project) {
        return ledger.isUsed(id(project));
    }

    @Override
    public void removed(Connection connection, Caller caller, Scope project) throws SQLException {
        policies.gone(connection, caller, project);
    }

    private boolean isBackend(UUID id) {
        return connections.find(id).filter(backend -> !backend.isRetired()).isPresent();
    }

    private static UUID id(Scope scope) {
        return UUID.fromString(scope.path().substring(scope.path().lastIndexOf('/') + 1));
    }
}
