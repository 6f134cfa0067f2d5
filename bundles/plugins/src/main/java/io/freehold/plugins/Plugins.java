package io.freehold.plugins;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.Outcome;
import io.freehold.api.plugin.Plugin.Source;
import io.freehold.api.security.Caller;
import io.freehold.api.storage.Transactions;
import io.freehold.plugins.Row.Release;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be done with plugins. What is done to one of them is done one after the other; different plugins do not
 * wait for each other.
 */
final class Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final AuditLog audit;
    private final JarStore store;
    private final TrustedPublishers publishers;
    private final PluginBundles bundles;
    private final Board board;
    private final PluginChanges changes;
    private final boolean signedOnly;
    private final Clock clock;
    private final Executor workers;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();
    private volatile Runnable whenOneCame = () -> {};

    /**
     * @param signedOnly whether the deploy folder, too, takes only what a trusted publisher signed
     * @param workers try again what did not run
     */
    Plugins(
            Transactions transactions,
            AuditLog audit,
            JarStore store,
            TrustedPublishers publishers,
            PluginBundles bundles,
            Board board,
            boolean signedOnly,
            Clock clock,
            Executor workers) {
        this.audit = audit;
        this.store = store;
        this.publishers = publishers;
        this.bundles = bundles;
        this.board = board;
        this.signedOnly = signedOnly;
        this.clock = clock;
        this.workers = workers;
        this.changes = new PluginChanges(transactions, audit, store, bundles, board);
    }

    Board board() {
        return board;
    }

    /** What is kept of the plugins. */
    Map<String, Row> rows() {
        return Map.copyOf(changes.rows());
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
        synchronized (lock(id)) {
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
            changes.goOn(jar, row);
            came(row.id());
        } catch (IOException | FreeholdException e) {
            changes.failed(row, PluginJar.problem(e));
        }
    }

    /** Tries again what does not run: what it lacks may have come. */
    private void came(String id) {
        if (changes.waiting().contains(id)) {
            return;
        }
        for (String other : changes.waiting()) {
            workers.execute(() -> retry(other));
        }
        whenOneCame.run();
    }

    private void retry(String id) {
        synchronized (lock(id)) {
            Row row = changes.rows().get(id);
            if (row != null && changes.waiting().contains(id)) {
                goOn(row);
            }
        }
    }

    /** Shows a plugin as its bundle is, which somebody else may have started or stopped. */
    void look(String id) {
        synchronized (lock(id)) {
            Row row = changes.rows().get(id);
            if (row != null) {
                bundles.undisturbed(() -> changes.look(row));
            }
        }
    }

    /**
     * Adds a plugin or puts another version in its place.
     *
     * @param jar a copy that nobody else writes to
     * @throws FreeholdException {@code INVALID} naming {@code jar}; the version before is running again then
     */
    void bring(Caller caller, PluginJar jar, Source source) throws IOException {
        synchronized (lock(jar.id())) {
            Row before = changes.rows().get(jar.id());
            if (before != null && before.source() == Source.DEPLOYED && source == Source.UPLOADED) {
                throw inDeployFolder();
            }
            String action = before == null ? "install" : "update";
            Row next = next(before, jar, source, null);
            try {
                next = next(before, jar, source, publishers.check(jar, signedOnly || source == Source.UPLOADED));
            } catch (FreeholdException e) {
                changes.refused(caller, action, before, next, PluginJar.problem(e), true);
                throw e;
            }
            if (before != null
                    && before.source() == source
                    && before.present().equals(next.present())
                    && (bundles.holds(jar.id(), jar.sha256()) || board.isUnknown(jar.id()))) {
                // It is there already, so nothing has to be recorded to go on with it.
                changes.goOn(jar, before);
                came(jar.id());
                return;
            }
            Row after = next;
            change(caller, action, before, after, () -> changes.ready(jar, after));
        }
    }

    private void change(Caller caller, String action, @Nullable Row before, Row after, PluginChanges.Step step)
            throws IOException {
        try {
            changes.change(caller, action, before, after, step);
        } finally {
            // One that was refused may have disturbed others before it went back.
            if (changes.rows().containsKey(after.id())) {
                came(after.id());
            }
        }
    }

    private Row next(@Nullable Row before, PluginJar jar, Source source, @Nullable String publisher) {
        Release release = new Release(jar.version().toString(), jar.sha256(), publisher);
        return before == null
                ? new Row(jar.id(), source, source == Source.DEPLOYED, release, null, clock.instant())
                : before.with(source, release, clock.instant());
    }

    void enable(Caller caller, String id) throws IOException {
        synchronized (lock(id)) {
            Row row = require(id);
            PluginJar jar = store.read(row.present().sha256());
            publishers.check(jar, signedOnly || row.source() == Source.UPLOADED);
            Row next = row.enabled(true, clock.instant());
            change(caller, "enable", row, next, () -> changes.ready(jar, next));
        }
    }

    void disable(Caller caller, String id) throws IOException {
        synchronized (lock(id)) {
            Row row = require(id);
            changes.change(caller, "disable", row, row.enabled(false, clock.instant()), () -> bundles.stop(id));
        }
    }

    void rollBack(Caller caller, String id) throws IOException {
        synchronized (lock(id)) {
            Row row = requireUploaded(id);
            Release previous = row.previous();
            if (previous == null) {
                throw new FreeholdException(
                        ErrorCode.CONFLICT, "NO_VERSION_BEFORE", "There is no version before this one.");
            }
            PluginJar jar = store.read(previous.sha256());
            publishers.check(jar, true);
            Row next = row.with(row.source(), previous, clock.instant());
            change(caller, "rollback", row, next, () -> changes.ready(jar, next));
        }
    }

    /** Removes a plugin that was uploaded. */
    void uninstall(Caller caller, String id) throws IOException {
        synchronized (lock(id)) {
            changes.remove(caller, requireUploaded(id));
        }
    }

    /** Removes a plugin whose file in the deploy folder is gone. */
    void withdraw(Caller caller, String id) throws IOException {
        synchronized (lock(id)) {
            Row row = changes.rows().get(id);
            if (row == null) {
                board.remove(id);
            } else if (row.source() == Source.DEPLOYED) {
                changes.remove(caller, row);
            }
        }
    }

    /** Notes that a file of the deploy folder is refused for what it is, or for what another one is. */
    void refuse(Caller caller, String file, String problem) {
        LOG.warn("The plugin {} was refused: {}", file, problem);
        audit.record(caller, "plugin.install", "plugins/" + file, Outcome.FAILURE, problem);
        board.refused(file, "", problem, clock.instant());
    }

    private Row require(String id) {
        Row row = changes.rows().get(id);
        if (row == null) {
            throw FreeholdException.notFound("plugin");
        }
        return row;
    }

    private Row requireUploaded(String id) {
        Row row = require(id);
        if (row.source() == Source.DEPLOYED) {
            throw inDeployFolder();
        }
        return row;
    }

    private static FreeholdException inDeployFolder() {
        return new FreeholdException(
                ErrorCode.CONFLICT,
                "IN_DEPLOY_FOLDER",
                "The plugin is a file in the deploy folder, which leads: replace or remove the file.");
    }

    private Object lock(String id) {
        return locks.computeIfAbsent(id, any -> new Object());
    }
}
