package io.freehold.core.project;

import io.freehold.api.project.ScopeOwner;
import io.freehold.api.security.Scope;
import io.freehold.core.backend.Connections;
import io.freehold.core.inventory.Inventory;
import java.util.UUID;

/** Says which backends and instances there are, and which projects are in use. */
public final class OwnedScopes implements ScopeOwner {
    private final Inventory inventory;
    private final Connections connections;
    private final Ledger ledger;

    public OwnedScopes(Inventory inventory, Connections connections, Ledger ledger) {
        this.inventory = inventory;
        this.connections = connections;
        this.ledger = ledger;
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

    private boolean isBackend(UUID id) {
        return connections.find(id).filter(backend -> !backend.isRetired()).isPresent();
    }

    private static UUID id(Scope scope) {
        return UUID.fromString(scope.path().substring(scope.path().lastIndexOf('/') + 1));
    }
}
