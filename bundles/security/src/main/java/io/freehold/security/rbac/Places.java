package io.freehold.security.rbac;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.project.ScopeOwner;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Tells what is at scopes: projects from their table, backends and instances from the bundle that owns them. */
final class Places {
    private static final String PROJECTS = "/projects/";

    private final List<ScopeOwner> owners;

    /**
     * @param owners may change at any time, so it must be safe to iterate meanwhile
     */
    Places(List<ScopeOwner> owners) {
        this.owners = owners;
    }

    /**
     * Refuses a scope where there is nothing. Call it in the transaction that binds something there.
     *
     * @throws FreeholdException {@code INVALID} naming {@code scope}; {@code UNAVAILABLE} if nobody can tell
     */
    void requireExists(Connection connection, Scope scope) throws SQLException {
        if (scope.equals(Scope.ROOT)) {
            return;
        }
        boolean exists = scope.path().startsWith(PROJECTS)
                ? ProjectTable.exists(connection, projectId(scope))
                : owners().stream().anyMatch(owner -> owner.exists(scope));
        if (!exists) {
            throw FreeholdException.invalid("scope", "there is no " + what(scope) + " with that id");
        }
    }

    /**
     * Whether instances belong to a project, or are about to.
     *
     * @throws FreeholdException {@code UNAVAILABLE} if nobody can tell
     */
    boolean isUsed(UUID projectId) {
        return owners().stream().anyMatch(owner -> owner.isUsed(Scope.project(projectId)));
    }

    /** A project is deleted; in the transaction that does so. */
    void removed(Connection connection, Caller caller, UUID projectId) throws SQLException {
        for (ScopeOwner owner : owners()) {
            owner.removed(connection, caller, Scope.project(projectId));
        }
    }

    private List<ScopeOwner> owners() {
        List<ScopeOwner> present = List.copyOf(owners);
        if (present.isEmpty()) {
            throw new FreeholdException(
                    ErrorCode.UNAVAILABLE, "What there is cannot be looked up now. Try again in a moment.");
        }
        return present;
    }

    private static UUID projectId(Scope scope) {
        return UUID.fromString(scope.path().substring(PROJECTS.length()));
    }

    private static String what(Scope scope) {
        return scope.path().substring(1, scope.path().indexOf('/', 1) - 1);
    }
}
