package io.freehold.security;

import io.freehold.api.project.ScopeOwner;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Scope;
import java.sql.Connection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Backends and instances that a test says there are, projects that it says are in use, and those that went. */
final class FakeOwner implements ScopeOwner {
    final Set<Scope> present = ConcurrentHashMap.newKeySet();
    final Set<Scope> used = ConcurrentHashMap.newKeySet();
    final Set<Scope> removed = ConcurrentHashMap.newKeySet();

    @Override
    public boolean exists(Scope scope) {
        return present.contains(scope);
    }

    @Override
    public boolean isUsed(Scope project) {
        return used.contains(project);
    }

    @Override
    public void removed(Connection connection, Caller caller, Scope project) {
        removed.add(project);
    }
}
