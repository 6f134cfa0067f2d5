package io.freehold.rest.memory;

import io.freehold.api.FreeholdException;
import io.freehold.api.plugin.Plugin;
import io.freehold.api.plugin.PluginService;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plugins that are records alone; a jar is a text {@code name version}. */
public final class MemoryPlugins implements PluginService {
    private final Map<String, Plugin> plugins = new TreeMap<>();
    private final Authorizer authorizer;
    private long revision;

    MemoryPlugins(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    /** How often something was changed. */
    public synchronized long changes() {
        return revision;
    }

    @Override
    public synchronized List<Plugin> list(Caller caller) {
        authorizer.require(caller, Permissions.PLUGIN_READ, "plugins");
        return List.copyOf(plugins.values());
    }

    @Override
    public synchronized Plugin get(Caller caller, String id) {
        authorizer.require(caller, Permissions.PLUGIN_READ, "plugins/" + id);
        return find(id);
    }

    @Override
    public synchronized Plugin upload(Caller caller, InputStream jar) {
        authorizer.require(caller, Permissions.PLUGIN_MANAGE, "plugins");
        String[] words = text(jar).split(" ", -1);
        if (words.length != 2) {
            throw FreeholdException.invalid("jar", "is no bundle");
        }
        Plugin before = plugins.get(words[0]);
        return put(words[0], words[1], Plugin.State.ACTIVE, before == null ? null : before.version());
    }

    @Override
    public synchronized Plugin update(Caller caller, String id, InputStream jar) {
        find(id);
        return upload(caller, jar);
    }

    @Override
    public synchronized Plugin enable(Caller caller, String id) {
        return change(caller, id, Plugin.State.ACTIVE);
    }

    @Override
    public synchronized Plugin disable(Caller caller, String id) {
        return change(caller, id, Plugin.State.DISABLED);
    }

    @Override
    public synchronized Plugin rollBack(Caller caller, String id) {
        authorizer.require(caller, Permissions.PLUGIN_MANAGE, "plugins/" + id);
        Plugin plugin = find(id);
        return put(id, String.valueOf(plugin.previousVersion()), Plugin.State.ACTIVE, plugin.version());
    }

    @Override
    public synchronized void uninstall(Caller caller, String id) {
        authorizer.require(caller, Permissions.PLUGIN_MANAGE, "plugins/" + id);
        plugins.remove(find(id).id());
    }

    private static String text(InputStream jar) {
        try {
            return new String(jar.readNBytes(1000), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Plugin change(Caller caller, String id, Plugin.State state) {
        authorizer.require(caller, Permissions.PLUGIN_MANAGE, "plugins/" + id);
        Plugin plugin = find(id);
        return put(id, plugin.version(), state, plugin.previousVersion());
    }

    private Plugin find(String id) {
        Plugin plugin = plugins.get(id);
        if (plugin == null) {
            throw FreeholdException.notFound("plugin");
        }
        return plugin;
    }

    private Plugin put(String id, String version, Plugin.State state, @Nullable String previous) {
        Plugin plugin = new Plugin(
                id,
                version,
                id,
                Plugin.Source.UPLOADED,
                state,
                null,
                "us",
                previous,
                List.of(),
                List.of(),
                Instant.EPOCH,
                ++revision);
        plugins.put(id, plugin);
        return plugin;
    }
}
