package io.freehold.core.operation;

import io.freehold.api.operation.OperationService;
import io.freehold.api.storage.Transactions;
import io.freehold.core.backend.Connections;
import io.freehold.core.event.Events;
import io.freehold.core.inventory.Creations;
import io.freehold.core.inventory.InstanceStore;
import io.freehold.core.inventory.Inventory;
import io.freehold.core.project.Claims;
import io.freehold.core.project.Ledger;
import io.freehold.core.util.Platform;

/** Puts the operations' part of the core together. */
public final class OperationRoom {
    private final Operations operations;
    private final OperationStore store;
    private final Runner runner;
    private final Steps steps;
    private final Recovery recovery;
    private final History history;
    private final Platform platform;

    public OperationRoom(
            Platform platform,
            Events events,
            Connections connections,
            Inventory inventory,
            InstanceStore instances,
            Creations creations,
            Ledger ledger,
            Claims claims) {
        this.platform = platform;
        store = new OperationStore(platform.json());
        runner = new Runner(connections, store, instances, platform);
        operations = new Operations(store, connections, creations, ledger, claims, runner, events, platform);
        steps = new Steps(inventory, platform.timings());
        recovery = new Recovery(operations, runner, steps, connections, inventory, creations, platform);
        history = new History(store, platform);
    }

    /** The highest revision that was stored before. */
    public static long lastRevision(Transactions transactions) {
        return transactions.read(OperationStore::lastRevision);
    }

    public Operations operations() {
        return operations;
    }

    public Steps steps() {
        return steps;
    }

    public OperationService service() {
        return new AuthorizedOperations(operations, store, runner, platform);
    }

    /** Takes in what a crash interrupted; before backends are connected, so that what they have is recognised. */
    public void takeIn() {
        recovery.takeIn(store);
    }

    /**
     * Finds out, in the background, what became of what was interrupted, and begins to forget what ended long
     * ago; once backends are being connected.
     */
    public void recover() {
        recovery.begin();
        history.begin();
    }

    /** Leaves what runs as it is, for the next start to find out what became of it. */
    public void close() {
        runner.close();
        operations.close();
    }
}
