package io.freehold.core.instance;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.audit.Outcome;
import io.freehold.api.instance.Instance;
import io.freehold.api.security.Access;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.core.admission.Admission;
import io.freehold.core.inventory.Entry;
import io.freehold.core.inventory.InstanceStore;
import io.freehold.core.inventory.Inventory;
import io.freehold.core.project.Ledger;
import io.freehold.core.util.Platform;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Gives instances to projects, one at a time. */
final class Moves {
    private final Inventory inventory;
    private final InstanceStore store;
    private final Ledger ledger;
    private final Admission admission;
    private final Platform platform;
    private final ReentrantLock moving = new ReentrantLock();

    Moves(Inventory inventory, InstanceStore store, Ledger ledger, Admission admission, Platform platform) {
        this.inventory = inventory;
        this.store = store;
        this.ledger = ledger;
        this.admission = admission;
        this.platform = platform;
    }

    /**
     * Gives an instance to a project, or to none.
     *
     * @param entry what the caller may do there was looked at for
     */
    Instance move(Caller caller, Entry entry, @Nullable UUID project) {
        requireNoGain(caller, entry, project);
        moving.lock();
        try {
            Entry now = inventory.get(entry.id());
            if (!Objects.equals(now.instance().projectId(), entry.instance().projectId())) {
                throw new FreeholdException(
                        ErrorCode.CONFLICT, "CHANGED_MEANWHILE", "Somebody moved the instance. Try again.");
            }
            if (Objects.equals(now.instance().projectId(), project)) {
                return now.instance();
            }
            admission.readmit(caller, now.instance(), project);
            if (project != null) {
                ledger.reserve(project, now.instance());
            }
            write(caller, now, project);
            ledger.moved(now.instance());
            inventory.move(now.id(), project);
            return inventory.get(now.id()).instance();
        } finally {
            ledger.settle(entry.id());
            moving.unlock();
        }
    }

    private void write(Caller caller, Entry entry, @Nullable UUID project) {
        platform.transactions().write(connection -> {
            if (project != null) {
                ledger.hold(project);
            }
            // It may be too new to have a row.
            store.save(connection, List.of(entry));
            store.move(connection, entry.id(), project);
            platform.audit()
                    .record(
                            caller,
                            "instance.update",
                            "instances/" + entry.id(),
                            Outcome.SUCCESS,
                            "project " + entry.instance().projectId() + " to " + project);
            return entry;
        });
    }

    /** What somebody may do in a project they must not come to by moving things there. */
    private void requireNoGain(Caller caller, Entry entry, @Nullable UUID project) {
        if (project == null) {
            return;
        }
        Access access = platform.authorizer().access(caller);
        List<Scope> there = List.of(Scope.project(project));
        for (Permission permission : access.byScope().getOrDefault(there.get(0), Set.of())) {
            if (permission.resource().equals(Permissions.INSTANCE_READ.resource())
                    && !access.allows(permission, entry.scopes())) {
                platform.authorizer().require(caller, permission, "instances/" + entry.id());
            }
        }
    }
}
