package io.freehold.security;

import io.freehold.api.project.ScopeOwner;
import io.freehold.api.security.Scope;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Backends and instances that a test says there are, and projects that it says are in use. */
final class FakeOwner implements ScopeOwner {
    final Set<Scope> present = ConcurrentHashMap.newKeySet();
    final Set<Scope> used = ConcurrentHashMap.newKeySet();

    @Override
    public boolean exists(Scope scope) {
        return present.contains(scope);
    }

    @Override
    public boolean isUsed(Scope project) {
        return used.contains(project);
    }
}
