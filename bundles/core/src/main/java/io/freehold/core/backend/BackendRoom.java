package io.freehold.core.backend;

import io.freehold.api.backend.BackendService;
import io.freehold.core.event.Events;
import io.freehold.core.inventory.InstanceStore;
import io.freehold.core.inventory.Inventory;
import io.freehold.core.project.Departures;
import io.freehold.core.util.Platform;
import java.util.UUID;
import java.util.function.Predicate;

/** Puts the backends' part of the core together. */
public final class BackendRoom {
    private final Platform platform;
    private final Events events;
    private final InstanceStore instances;
    private final Departures departures;
    private final Configurations configurations;
    private final Opener opener;
    private final BackendStore store;
    private final Connections connections;

    public BackendRoom(
            Platform platform, Events events, Inventory inventory, InstanceStore instances, Departures departures) {
        this.platform = platform;
        this.events = events;
        this.instances = instances;
        this.departures = departures;
        configurations = new Configurations(platform.secrets(), platform.json());
        opener = new Opener(
                configurations, platform.workers(), platform.timings().connect());
        store = new BackendStore(platform.json());
        connections = new Connections(opener, inventory, events, platform);
    }

    public Connections connections() {
        return connections;
    }

    /**
     * The service.
     *
     * @param busy whether operations run on a backend
     */
    public BackendService service(Predicate<UUID> busy) {
        return new AuthorizedBackends(connections, configurations, opener, store, departures, events, platform, busy);
    }

    /** Brings back what is stored and begins to connect, in the background. */
    public void load() {
        connections.load(platform.transactions(), store, instances);
    }
}
