package io.freehold.plugins;

import io.freehold.api.FreeholdException;
import io.freehold.api.plugin.Plugin.Source;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
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
 * What the files of the deploy folder say: each is a plugin, or the reason why it is none. Files are read one at a
 * time; the plugins themselves are brought up and taken down on threads of their own, each in the order in which its
 * file was read.
 */
final class DeployFolder implements FolderWatch.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(DeployFolder.class);

    private final Plugins plugins;
    private final Upkeep upkeep;
    private final JarStore store;
    private final ExecutorService workers;
    private final Function<String, Path> resolve;
    /** By file: the plugin that it is. */
    private final Map<String, String> claims = new ConcurrentHashMap<>();
    /** By file: what it is to be, counted, so that what was overtaken is left out. */
    private final Map<String, Long> latest = new ConcurrentHashMap<>();
    /** By file: what was said of it, so that it is said once. */
    private final Map<String, String> refusals = new ConcurrentHashMap<>();

    /** Plugins that were files of the folder since Freehold started. */
    private final Set<String> present = new HashSet<>();
    /** Files of which nobody can say what plugin they are. */
    private final Set<String> unread = new HashSet<>();

    private final Locks locks = new Locks();
    private long changes;

    DeployFolder(
            Plugins plugins, Upkeep upkeep, JarStore store, ExecutorService workers, Function<String, Path> resolve) {
        this.plugins = plugins;
        this.upkeep = upkeep;
        this.store = store;
        this.workers = workers;
        this.resolve = resolve;
    }

    @Override
    public synchronized boolean arrived(String file, boolean patient) throws IOException {
        Path source = resolve.apply(file);
        Path copy;
        try (InputStream in = Files.newInputStream(source)) {
            copy = store.take(in);
        } catch (IOException e) {
            if (Files.notExists(source)) {
                return gone(file);
            }
            // That nothing can be kept is no reason to let go of what is there.
            return !patient && unread(file, "It cannot be copied into the data folder: " + e);
        }
        boolean handed = false;
        try {
            PluginJar jar = PluginJar.read(copy);
            unread.remove(file);
            present.add(jar.id());
            hand(file, () -> bring(file, jar), () -> discard(copy));
            handed = true;
        } catch (PluginJar.Incomplete e) {
            if (patient) {
                return false;
            }
            return unread(file, PluginJar.problem(e));
        } catch (FreeholdException e) {
            return unread(file, PluginJar.problem(e));
        } finally {
            if (!handed) {
                discard(copy);
            }
        }
        return true;
    }

    private boolean unread(String file, String problem) {
        unread.add(file);
        hand(file, () -> refuse(file, problem), () -> {});
        return true;
    }

    @Override
    public synchronized boolean gone(String file) {
        unread.remove(file);
        hand(file, () -> withdraw(file), () -> {});
        return true;
    }

    /** Removes what was a file when Freehold ended and is none any more. */
    @Override
    public synchronized void caughtUp() {
        if (!unread.isEmpty()) {
            LOG.warn("Nothing is removed that is missing in the deploy folder while {} cannot be read", unread);
            return;
        }
        plugins.rows().values().stream()
                .filter(row -> row.source() == Source.DEPLOYED && !present.contains(row.id()))
                .forEach(row -> hand(row.id(), () -> remove(row.id()), () -> {}));
    }

    private synchronized void hand(String file, Runnable work, Runnable afterwards) {
        long mine = ++changes;
        latest.put(file, mine);
        workers.execute(() -> {
            try {
                synchronized (locks.of(file)) {
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
        long arrivals = upkeep.arrivals();
        try {
            String before = refusals.get(file);
            plugins.bring(caller(), jar, Source.DEPLOYED);
            refusals.remove(file);
            if (before != null) {
                plugins.board().remove(file);
            }
        } catch (FreeholdException e) {
            // Said and recorded where it happened.
            refusals.put(file, PluginJar.problem(e));
            if (upkeep.arrivals() != arrivals) {
                // What it lacks may have come before anybody knew that it was refused.
                retryRefused(file);
            }
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
                hand(file + "|" + was, () -> removeUnlessClaimed(was), () -> {});
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
            retryRefused();
        }
    }

    private void remove(String id) {
        try {
            plugins.withdraw(caller(), id);
        } catch (IOException | FreeholdException e) {
            LOG.warn("The plugin {} cannot be removed: {}", id, e.getMessage());
        }
    }

    private void removeUnlessClaimed(String id) {
        if (!claims.containsValue(id)) {
            remove(id);
        }
    }

    /** What a file that is no plugin yet lacked may have come, or gone, with another; those that run are left alone. */
    void retryRefused() {
        List.copyOf(refusals.keySet()).forEach(this::retryRefused);
    }

    private void retryRefused(String file) {
        String id = claims.get(file);
        if (id == null || !(plugins.rows().containsKey(id) || upkeep.isBusy(id))) {
            workers.execute(() -> {
                try {
                    arrived(file, false);
                } catch (IOException e) {
                    LOG.warn("The file {} of the deploy folder cannot be read: {}", file, e.getMessage());
                }
            });
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
