package io.freehold.plugins;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.Outcome;
import io.freehold.api.plugin.Plugin.Source;
import io.freehold.api.security.Caller;
import io.freehold.plugins.Row.Release;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be done with plugins. What is done to one of them is done one after the other; different plugins do not
 * wait for each other.
 */
final class Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final PluginChanges changes;
    private final Upkeep upkeep;
    private final AuditLog audit;
    private final JarStore store;
    private final TrustedPublishers publishers;
    private final PluginBundles bundles;
    private final Board board;
    private final boolean signedOnly;
    private final Locks locks;
    private final Clock clock;

    /**
     * @param signedOnly whether the deploy folder, too, takes only what a trusted publisher signed
     * @param locks one for each plugin
     */
    Plugins(
            PluginChanges changes,
            Upkeep upkeep,
            AuditLog audit,
            JarStore store,
            TrustedPublishers publishers,
            PluginBundles bundles,
            Board board,
            boolean signedOnly,
            Locks locks,
            Clock clock) {
        this.changes = changes;
        this.upkeep = upkeep;
        this.audit = audit;
        this.store = store;
        this.publishers = publishers;
        this.bundles = bundles;
        this.board = board;
        this.signedOnly = signedOnly;
        this.locks = locks;
        this.clock = clock;
    }

    Board board() {
        return board;
    }

    /** What is kept of the plugins. */
    Map<String, Row> rows() {
        return Map.copyOf(changes.rows());
    }

    /**
     * Adds a plugin or puts another version in its place.
     *
     * @param jar a copy that nobody else writes to
     * @throws FreeholdException {@code INVALID} naming {@code jar}; the version before is running again then
     */
    void bring(Caller caller, PluginJar jar, Source source) throws IOException {
        synchronized (locks.of(jar.id())) {
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
                upkeep.goOn(jar, before);
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
                upkeep.came(after.id());
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
        synchronized (locks.of(id)) {
            Row row = require(id);
            PluginJar jar = store.read(row.present().sha256());
            publishers.check(jar, signedOnly || row.source() == Source.UPLOADED);
            Row next = row.enabled(true, clock.instant());
            change(caller, "enable", row, next, () -> changes.ready(jar, next));
        }
    }

    void disable(Caller caller, String id) throws IOException {
        synchronized (locks.of(id)) {
            Row row = require(id);
            changes.change(caller, "disable", row, row.enabled(false, clock.instant()), () -> bundles.stop(id));
        }
    }

    void rollBack(Caller caller, String id) throws IOException {
        synchronized (locks.of(id)) {
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
        synchronized (locks.of(id)) {
            changes.remove(caller, requireUploaded(id));
        }
    }

    /** Removes a plugin whose file in the deploy folder is gone. */
    void withdraw(Caller caller, String id) throws IOException {
        synchronized (locks.of(id)) {
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
}
