package io.freehold.plugins;

import io.freehold.api.FreeholdException;
import io.freehold.api.plugin.Plugin.Source;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings plugins to where they are to be without anybody asking: after a start of Freehold, when another one has come,
 * and when somebody else started or stopped a bundle.
 */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final PluginChanges changes;
    private final JarStore store;
    private final TrustedPublishers publishers;
    private final PluginBundles bundles;
    private final Board board;
    private final boolean signedOnly;
    private final Locks locks;
    private final Executor workers;
    private final AtomicLong arrivals = new AtomicLong();
    private volatile Runnable whenOneCame = () -> {};

    /**
     * @param signedOnly whether the deploy folder, too, takes only what a trusted publisher signed
     * @param locks one for each plugin
     * @param workers try again what did not run
     */
    Upkeep(
            PluginChanges changes,
            JarStore store,
            TrustedPublishers publishers,
            PluginBundles bundles,
            Board board,
            boolean signedOnly,
            Locks locks,
            Executor workers) {
        this.changes = changes;
        this.store = store;
        this.publishers = publishers;
        this.bundles = bundles;
        this.board = board;
        this.signedOnly = signedOnly;
        this.locks = locks;
        this.workers = workers;
    }

    /** Does this, too, whenever a plugin has come. */
    void whenOneCame(Runnable work) {
        whenOneCame = work;
    }

    /** Takes away what is installed or kept and was never acknowledged: the last run ended in between. */
    void removeStrays() {
        try {
            store.keepOnly(changes.rows().values().stream().flatMap(Row::hashes).collect(Collectors.toSet()));
        } catch (IOException e) {
            LOG.warn("Copies of plugins that nobody needs stay: {}", PluginJar.problem(e));
        }
        for (String id : bundles.ids()) {
            if (!changes.rows().containsKey(id)) {
                try {
                    bundles.remove(id, (other, problem) -> LOG.info("The plugin {} stood on it: {}", other, problem));
                } catch (IOException | FreeholdException e) {
                    LOG.warn("The plugin {} cannot be removed: {}", id, PluginJar.problem(e));
                }
            }
        }
    }

    /** Brings a plugin that was uploaded back to where it was when Freehold ended. */
    void resume(String id) {
        synchronized (locks.of(id)) {
            Row row = changes.rows().get(id);
            if (row != null && board.isUnknown(id)) {
                goOn(row);
            }
        }
    }

    private void goOn(Row row) {
        try {
            PluginJar jar = store.read(row.present().sha256());
            if (row.source() == Source.DEPLOYED) {
                publishers.check(jar, signedOnly);
            } else {
                // Who signed it was looked at when it came: a certificate may have run out since.
                publishers.checkNotRevoked(jar);
            }
            goOn(jar, row);
        } catch (IOException | FreeholdException e) {
            changes.failed(row, PluginJar.problem(e));
        }
    }

    /** Has a plugin that is kept go on; one that fails for want of another is tried again when that has come. */
    void goOn(PluginJar jar, Row row) throws IOException {
        long before = arrivals.get();
        changes.goOn(jar, row);
        came(row.id());
        if (changes.waiting().contains(row.id()) && arrivals.get() != before && !isBusy(row.id())) {
            // The other came after this one had missed it and before it was known to wait.
            workers.execute(() -> retry(row.id()));
        }
    }

    /** A plugin has come: tries again what does not run, which may have lacked it. */
    void came(String id) {
        if (changes.waiting().contains(id)) {
            return;
        }
        arrivals.incrementAndGet();
        for (String other : changes.waiting()) {
            workers.execute(() -> retry(other));
        }
        whenOneCame.run();
    }

    /** Whether nothing can be done with it, because its activator was left alone and has not returned. */
    boolean isBusy(String id) {
        return bundles.isBusy(id);
    }

    /** Grows with each plugin that comes: who is refused for want of one learns whether it came meanwhile. */
    long arrivals() {
        return arrivals.get();
    }

    private void retry(String id) {
        synchronized (locks.of(id)) {
            Row row = changes.rows().get(id);
            if (row != null && changes.waiting().contains(id)) {
                goOn(row);
            }
        }
    }

    /** Shows a plugin as its bundle is, which somebody else may have started or stopped. */
    void look(String id) {
        synchronized (locks.of(id)) {
            Row row = changes.rows().get(id);
            if (row != null) {
                bundles.undisturbed(() -> changes.look(row));
            }
        }
    }
}
