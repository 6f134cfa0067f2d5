package io.freehold.api.project;

import io.freehold.api.security.Caller;
import io.freehold.api.security.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Knows what is at scopes; offered by the bundle whose backends and instances they are. Answers from memory, and is told
 * what goes.
 */
@ProviderType
public interface ScopeOwner {

    /** Whether a backend or an instance is at the scope, and is not being removed. */
    boolean exists(Scope scope);

    /** Whether an instance belongs to the project at the scope, or is about to. */
    boolean isUsed(Scope project);

    /**
     * A project goes, in the running {@code write}: what the bundle keeps for it goes, too.
     *
     * @param connection of that {@code write}
     * @param caller who deletes it
     */
    void removed(Connection connection, Caller caller, Scope project) throws SQLException;
}
