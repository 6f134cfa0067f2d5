package io.freehold.core.project;

import io.freehold.api.FreeholdException;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.Resources;
import io.freehold.api.project.Quotas;
import io.freehold.api.project.ScopeRegistry;
import io.freehold.core.inventory.Entry;
import io.freehold.core.inventory.Inventory;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps projects within their quotas. What is about to belong to a project counts from the moment that it is let in,
 * and one is let in at a time, so that of two that would fit alone but not together one is refused. Thread-safe.
 */
public final class Ledger {
    private static final Claim NOTHING = new Claim(Resources.UNLIMITED, 0);

    private final Inventory inventory;
    private final ScopeRegistry registry;
    private final Claims claims;
    /** Instances that are being created in a project or moved there, by their ids. */
    private final Map<UUID, UUID> coming = new ConcurrentHashMap<>();

    public Ledger(Inventory inventory, ScopeRegistry registry, Claims claims) {
        this.inventory = inventory;
        this.registry = registry;
        this.claims = claims;
    }

    /**
     * Lets an instance into a project if there is room, until {@link #settle}.
     *
     * @throws FreeholdException {@code INVALID} naming {@code projectId} if there is no such project, or limits that
     *     the instance must have; {@code CONFLICT}, {@code QUOTA_EXCEEDED}
     */
    public synchronized void reserve(UUID projectId, UUID instance, Claim claim) {
        requireRoom(projectId, claim);
        claims.put(instance, claim);
        coming.put(instance, projectId);
    }

    /** The same for an instance that is there: it counts for what it was promised, too, and keeps that. */
    public synchronized void reserve(UUID projectId, Instance instance) {
        requireRoom(projectId, claim(instance));
        coming.put(instance.id(), projectId);
    }

    /** An instance that was let in belongs to the project now, and counts for no less than it does at the moment. */
    public synchronized void moved(Instance instance) {
        claims.put(instance.id(), claim(instance));
    }

    /** What was let in before a crash, and is not settled yet. */
    public void resume(UUID project, UUID instance) {
        coming.put(instance, project);
    }

    /** The instance is there, or nothing came of it. */
    public void settle(UUID instance) {
        coming.remove(instance);
        if (inventory.find(instance).isEmpty()) {
            claims.forget(instance);
        }
    }

    /**
     * Keeps a project until the running transaction ends.
     *
     * @throws FreeholdException {@code INVALID} naming {@code projectId} if there is no such project any more
     */
    public void hold(UUID projectId) {
        if (!registry.hold(projectId)) {
            throw noSuchProject();
        }
    }

    /** Whether instances belong to a project or are about to. */
    boolean isUsed(UUID project) {
        // In this order: what comes is in the inventory before it is settled.
        return coming.containsValue(project)
                || inventory.entries().stream()
                        .anyMatch(entry -> project.equals(entry.instance().projectId()));
    }

    private Usage usage(UUID project) {
        Usage usage = new Usage();
        Map<UUID, UUID> expected = Map.copyOf(coming);
        for (Entry entry : inventory.entries()) {
            if (project.equals(entry.instance().projectId()) && !project.equals(expected.get(entry.id()))) {
                usage.add(claim(entry.instance()));
            }
        }
        expected.forEach((instance, target) -> {
            if (project.equals(target)) {
                usage.add(inventory
                        .find(instance)
                        .map(entry -> claim(entry.instance()))
                        .orElseGet(() -> Objects.requireNonNullElse(claims.get(instance), NOTHING)));
            }
        });
        return usage;
    }

    private void requireRoom(UUID projectId, Claim claim) {
        Quotas quotas = registry.quotas(projectId).orElseThrow(Ledger::noSuchProject);
        if (!quotas.equals(Quotas.UNLIMITED)) {
            usage(projectId).requireRoom(claim, quotas);
        }
    }

    private Claim claim(Instance instance) {
        return Claim.of(instance).max(claims.get(instance.id()));
    }

    private static FreeholdException noSuchProject() {
        return FreeholdException.invalid("projectId", "there is no such project");
    }
}
