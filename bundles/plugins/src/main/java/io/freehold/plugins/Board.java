package io.freehold.plugins;

import io.freehold.api.plugin.Plugin;
import io.freehold.api.plugin.Plugin.Source;
import io.freehold.api.plugin.Plugin.State;
import io.freehold.api.plugin.PluginListener;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** How every plugin is at this moment, for whoever looks or listens. Thread-safe; reading waits for nothing. */
final class Board {
    private final Map<String, Plugin> plugins = new ConcurrentSkipListMap<>();
    private final PluginBundles bundles;
    private final List<PluginListener> listeners;
    private final AtomicLong revisions;

    /**
     * @param listeners may change at any time
     * @param firstRevision higher than any of an earlier run
     */
    Board(PluginBundles bundles, List<PluginListener> listeners, long firstRevision) {
        this.bundles = bundles;
        this.listeners = listeners;
        this.revisions = new AtomicLong(firstRevision);
    }

    /** All of them, by id. */
    List<Plugin> all() {
        return List.copyOf(plugins.values());
    }

    Optional<Plugin> find(String id) {
        return Optional.ofNullable(plugins.get(id));
    }

    boolean isUnknown(String id) {
        return !plugins.containsKey(id);
    }

    void show(Row row, State state, @Nullable String problem) {
        Bundle bundle = bundles.find(row.id());
        String name = bundle == null ? null : bundle.getHeaders("").get(Constants.BUNDLE_NAME);
        put(new Plugin(
                row.id(),
                row.present().version(),
                name == null ? row.id() : name,
                row.source(),
                state,
                problem,
                row.present().publisher(),
                row.previous() == null ? null : row.previous().version(),
                Surface.asks(bundle),
                Surface.brings(bundle),
                row.changedAt(),
                revisions.incrementAndGet()));
    }

    /** Shows something that was offered and refused and has left nothing behind. */
    void refused(String id, String version, String problem, Instant at) {
        put(new Plugin(
                id,
                version,
                id,
                Source.DEPLOYED,
                State.FAILED,
                problem,
                null,
                null,
                List.of(),
                List.of(),
                at,
                revisions.incrementAndGet()));
    }

    void remove(String id) {
        Plugin gone = plugins.remove(id);
        if (gone != null) {
            listeners.forEach(listener -> listener.removed(gone));
        }
    }

    private void put(Plugin plugin) {
        plugins.put(plugin.id(), plugin);
        listeners.forEach(listener -> listener.changed(plugin));
    }
}
