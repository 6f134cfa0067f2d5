package io.freehold.plugins;

import io.freehold.api.FreeholdException;
import io.freehold.api.plugin.Plugin.Source;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the files of the deploy folder say: each is a plugin, or the reason why it is none. Called by the
 * {@link FolderWatch} alone, on its thread; the plugins themselves are brought up and taken down on others, for
 * each in the order in which its file changed.
 */
final class DeployFolder implements FolderWatch.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(DeployFolder.class);

    private final Plugins plugins;
    private final JarStore store;
    private final ExecutorService workers;
    private final Function<String, Path> resolve;
    /** By file: the plugin that it is. */
    private final Map<String, String> claims = new ConcurrentHashMap<>();
    /** By file: what it is to be, counted, so that what was overtaken is left out. */
    private final Map<String, Long> latest = new ConcurrentHashMap<>();
    /** By file: what was said of it, so that it is said once. */
    private final Map<String, String> refusals = new ConcurrentHashMap<>();

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();
    private long changes;

    DeployFolder(Plugins plugins, JarStore store, ExecutorService workers, Function<String, Path> resolve) {
        this.plugins = plugins;
        this.store = store;
        this.workers = workers;
        this.resolve = resolve;
    }

    @Override
    public boolean arrived(String file, boolean patient) throws IOException {
        Path copy;
        try (InputStream in = Files.newInputStream(resolve.apply(file))) {
            copy = store.take(in);
        } catch (NoSuchFileException e) {
            return gone(file);
        }
        try {
            PluginJar jar = PluginJar.read(copy);
            seen.add(jar.id());
            hand(file, () -> bring(file, jar), () -> discard(copy));
            return true;
        } catch (PluginJar.Incomplete e) {
            discard(copy);
            if (patient) {
                return false;
            }
            hand(file, () -> refuse(file, PluginJar.problem(e)), () -> {});
        } catch (FreeholdException e) {
            discard(copy);
            hand(file, () -> refuse(file, PluginJar.problem(e)), () -> {});
        }
        return true;
    }

    @Override
    public boolean gone(String file) {
        hand(file, () -> withdraw(file), () -> {});
        return true;
    }

    /** Removes what was a file when Freehold ended and is none any more. */
    @Override
    public void caughtUp() {
        plugins.rows().values().stream()
                .filter(row -> row.source() == Source.DEPLOYED && !seen.contains(row.id()))
                .forEach(row -> hand(row.id(), () -> remove(row.id()), () -> {}));
    }

    private void hand(String file, Runnable work, Runnable afterwards) {
        long mine = ++changes;
        latest.put(file, mine);
        workers.execute(() -> {
            try {
                synchronized (locks.computeIfAbsent(file, any -> new Object())) {
                    if (latest.getOrDefault(file, 0L) == mine) {
                        work.run();
                    }
                }
            } catch (RuntimeException e) {
                LOG.error("The file {} of the deploy folder could not be dealt with", file, e);
            } finally {
                afterwards.run();
            }
        });
    }

    private void bring(String file, PluginJar jar) {
        String other = claim(file, jar.id());
        if (other != null) {
            refuse(file, "It is the plugin " + jar.id() + ", as " + other + " is; remove one of the two files.");
            return;
        }
        try {
            String before = refusals.get(file);
            plugins.bring(caller(), jar, Source.DEPLOYED);
            refusals.remove(file);
            if (before != null) {
                plugins.board().remove(file);
            }
            retryRefused(file);
        } catch (FreeholdException e) {
            // Said and recorded where it happened.
            refusals.put(file, PluginJar.problem(e));
        } catch (IOException e) {
            refuse(file, "It cannot be installed: " + e.getMessage());
        }
    }

    /** Another file that is this plugin already; null if none is, and this file is it from now on. */
    private @Nullable String claim(String file, String id) {
        synchronized (claims) {
            for (Map.Entry<String, String> claim : claims.entrySet()) {
                if (claim.getValue().equals(id) && !claim.getKey().equals(file)) {
                    return claim.getKey();
                }
            }
            String was = claims.put(file, id);
            if (was != null && !was.equals(id)) {
                hand(file + "|" + was, () -> remove(was), () -> {});
            }
            return null;
        }
    }

    private void refuse(String file, String problem) {
        if (!problem.equals(refusals.put(file, problem))) {
            plugins.refuse(caller(), file, problem);
        }
    }

    private void withdraw(String file) {
        refusals.remove(file);
        plugins.board().remove(file);
        String id = claims.remove(file);
        if (id != null) {
            remove(id);
            retryRefused(file);
        }
    }

    private void remove(String id) {
        try {
            plugins.withdraw(caller(), id);
        } catch (IOException | FreeholdException e) {
            LOG.warn("The plugin {} cannot be removed: {}", id, e.getMessage());
        }
    }

    /** What one file lacked may have come, or gone, with another. */
    private void retryRefused(String than) {
        for (String file : new HashMap<>(refusals).keySet()) {
            if (!file.equals(than)) {
                workers.execute(() -> {
                    try {
                        synchronized (this) {
                            arrived(file, false);
                        }
                    } catch (IOException e) {
                        LOG.warn("The file {} of the deploy folder cannot be read: {}", file, e.getMessage());
                    }
                });
            }
        }
    }

    private static void discard(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            LOG.warn("A copy of a plugin cannot be deleted: {}", e.getMessage());
        }
    }

    /** Whoever may write into the folder owns the installation. */
    private static Caller caller() {
        return new Caller(
                Principal.OWNER,
                "owner",
                null,
                new Origin("deploy", UUID.randomUUID().toString()));
    }
}
