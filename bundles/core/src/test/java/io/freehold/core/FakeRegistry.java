package io.freehold.core;

import io.freehold.api.project.Quotas;
import io.freehold.api.project.ScopeRegistry;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Projects with the quotas that a test says, and a list of the scopes that went. */
final class FakeRegistry implements ScopeRegistry {
    final Map<UUID, Quotas> projects = new ConcurrentHashMap<>();
    final List<Scope> removed = new CopyOnWriteArrayList<>();

    UUID project(Quotas quotas) {
        UUID id = UUID.randomUUID();
        projects.put(id, quotas);
        return id;
    }

    @Override
    public Optional<Quotas> quotas(UUID projectId) {
        return Optional.ofNullable(projects.get(projectId));
    }

    @Override
    public boolean hold(UUID projectId) {
        return projects.containsKey(projectId);
    }

    @Override
    public void removed(Caller caller, Collection<Scope> scopes) {
        removed.addAll(scopes);
    }
}
