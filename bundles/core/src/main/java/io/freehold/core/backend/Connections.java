package io.freehold.core.backend;

import io.freehold.api.FreeholdException;
import io.freehold.api.provider.Provider;
import io.freehold.api.storage.Transactions;
import io.freehold.core.event.Events;
import io.freehold.core.inventory.InstanceStore;
import io.freehold.core.inventory.Inventory;
import io.freehold.core.util.Platform;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every backend's connection, and the providers that open them. Thread-safe. */
public final class Connections {
    private static final int CLOSING_SECONDS = 2;

    private final Map<UUID, Keeper> keepers = new ConcurrentHashMap<>();
    private final Providers providers = new Providers();
    private final Opener opener;
    private final Inventory inventory;
    private final Events events;
    private final Platform platform;

    Connections(Opener opener, Inventory inventory, Events events, Platform platform) {
        this.opener = opener;
        this.inventory = inventory;
        this.events = events;
        this.platform = platform;
    }

    /** Brings back what is stored and begins to connect, in the background. */
    void load(Transactions transactions, BackendStore store, InstanceStore instances) {
        List<BackendRow> rows = transactions.read(store::load);
        inventory.load(
                transactions, instances, rows.stream().collect(Collectors.toMap(BackendRow::id, BackendRow::provider)));
        for (BackendRow row : rows) {
            var unused = add(row, opener.calls(row.name()), null);
        }
    }

    /** A provider came: its backends are connected. Waits for nothing. */
    public void providerAdded(Provider provider, String version) {
        if (providers.add(provider, version)) {
            String id = provider.info().id();
            keepers.values().stream().filter(of(id)).forEach(Keeper::kick);
        }
    }

    /** A provider goes: its backends are closed, for which this waits a little, and their instances stay as they were. */
    public void providerRemoved(Provider provider) {
        providers
                .remove(provider)
                .ifPresent(id -> await(keepers.values().stream()
                        .filter(of(id))
                        .map(Keeper::providerGone)
                        .toList()));
    }

    /** The connection of a backend. */
    public Optional<Connection> find(UUID id) {
        return Optional.ofNullable(keepers.get(id)).map(Keeper::connection);
    }

    /**
     * The connection of a backend.
     *
     * @throws FreeholdException {@code NOT_FOUND}
     */
    public Connection get(UUID id) {
        return find(id).orElseThrow(() -> FreeholdException.notFound("backend"));
    }

    /** Closes everything; waits a little. */
    public void close() {
        await(keepers.values().stream().map(Keeper::end).toList());
    }

    /** The ids of a backend's instances. */
    List<UUID> instances(UUID id) {
        return inventory.idsOf(id);
    }

    Providers providers() {
        return providers;
    }

    Collection<Connection> all() {
        return keepers.values().stream().map(Keeper::connection).toList();
    }

    /** Takes a backend in; the answer's next {@link Connection#settled()} says how the first reading went. */
    CompletableFuture<Boolean> add(BackendRow row, Calls calls, @Nullable Opened opened) {
        Connection connection = new Connection(row, calls, events, platform.revisions(), platform.clock());
        inventory.open(row.id(), row.provider());
        if (opened != null) {
            connection.reconfigure(row, opened);
        }
        Keeper keeper = new Keeper(connection, providers, opener, inventory, platform.workers(), platform.timings());
        CompletableFuture<Boolean> settled = connection.settled();
        keepers.put(row.id(), keeper);
        keeper.kick();
        return settled;
    }

    /** Gives a backend a new configuration and what was opened with it. */
    CompletableFuture<Boolean> reconfigure(BackendRow row, Opened opened) {
        Keeper keeper = keepers.get(row.id());
        if (keeper == null) {
            platform.workers().runAnyhow(opened::close);
            throw FreeholdException.notFound("backend");
        }
        Opened before = keeper.connection().reconfigure(row, opened);
        if (before != null) {
            platform.workers().runAnyhow(before::close);
        }
        CompletableFuture<Boolean> settled = keeper.connection().settled();
        keeper.kick();
        return settled;
    }

    /** Lets a backend go. */
    void remove(UUID id) {
        Keeper keeper = keepers.remove(id);
        if (keeper != null) {
            var unused = keeper.end();
            inventory.forget(id);
        }
    }

    private static Predicate<Keeper> of(String providerId) {
        return keeper -> keeper.connection().view().provider().equals(providerId);
    }

    private static void await(List<CompletableFuture<Void>> closings) {
        try {
            CompletableFuture.allOf(closings.toArray(CompletableFuture<?>[]::new))
                    .completeOnTimeout(null, CLOSING_SECONDS, TimeUnit.SECONDS)
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("closing reports its failures itself", e);
        }
    }
}
