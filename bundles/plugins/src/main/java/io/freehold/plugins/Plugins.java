package io.freehold.plugins;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.Outcome;
import io.freehold.api.plugin.Plugin.Source;
import io.freehold.api.plugin.Plugin.State;
import io.freehold.api.security.Caller;
import io.freehold.api.storage.Transactions;
import io.freehold.plugins.Row.Release;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of plugins: what is kept of each, what runs, and the audit entries of every step. What is done to one
 * plugin is done one after the other; different plugins do not wait for each other.
 */
final class Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private final Transactions transactions;
    private final AuditLog audit;
    private final JarStore store;
    private final TrustedPublishers publishers;
    private final PluginBundles bundles;
    private final Board board;
    private final boolean signedOnly;
    private final Clock clock;
    private final Map<String, Row> rows = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    /**
     * @param signedOnly whether the deploy folder, too, takes only what a trusted publisher signed
     */
    Plugins(
            Transactions transactions,
            AuditLog audit,
            JarStore store,
            TrustedPublishers publishers,
            PluginBundles bundles,
            Board board,
            boolean signedOnly,
            Clock clock) {
        this.transactions = transactions;
        this.audit = audit;
        this.store = store;
        this.publishers = publishers;
        this.bundles = bundles;
        this.board = board;
        this.signedOnly = signedOnly;
        this.clock = clock;
        transactions.read(PluginTable::all).forEach(row -> rows.put(row.id(), row));
    }

    Board board() {
        return board;
    }

    /** What is kept of the plugins. */
    Map<String, Row> rows() {
        return Map.copyOf(rows);
    }

    /** Takes away what is installed and was never acknowledged: the last run ended in between. */
    void removeStrays() {
        for (String id : bundles.ids()) {
            if (!rows.containsKey(id)) {
                try {
                    bundles.remove(id);
                } catch (IOException | FreeholdException e) {
                    LOG.warn("The plugin {} cannot be removed: {}", id, e.getMessage());
                }
            }
        }
    }

    /** Brings a plugin that was uploaded back to where it was when Freehold ended. */
    void resume(Row row) {
        synchronized (lock(row.id())) {
            try {
                PluginJar jar = kept(row.present());
                // Who signed it was looked at when it came: a certificate may have run out since.
                checkNotRevoked(jar);
                goOn(jar, row);
            } catch (IOException | FreeholdException e) {
                failed(row, PluginJar.problem(e));
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
            Row before = rows.get(jar.id());
            if (before != null && before.source() == Source.DEPLOYED && source == Source.UPLOADED) {
                throw inDeployFolder();
            }
            Release release = new Release(jar.version().toString(), jar.sha256(), checkTrust(jar, source));
            Row next = before == null
                    ? new Row(jar.id(), source, source == Source.DEPLOYED, release, null, clock.instant())
                    : before.with(source, release, clock.instant());
            if (next.source() == source
                    && before != null
                    && before.present().equals(release)
                    && isAsItShouldBe(before)) {
                goOn(jar, before);
                return;
            }
            change(caller, before == null ? "install" : "update", before, next, () -> ready(jar, next));
        }
    }

    private void goOn(PluginJar jar, Row row) throws IOException {
        try {
            ready(jar, row);
            board.show(row, state(row), null);
        } catch (FreeholdException e) {
            failed(row, PluginJar.problem(e));
        }
    }

    /** Whether a plugin is there under that source already, so that nothing has to be recorded to go on with it. */
    private boolean isAsItShouldBe(Row row) {
        return bundles.holds(row.id(), row.present().sha256()) || board.isUnknown(row.id());
    }

    void enable(Caller caller, String id) throws IOException {
        synchronized (lock(id)) {
            Row row = require(id);
            Row next = row.enabled(true, clock.instant());
            change(caller, "enable", row, next, () -> {
                PluginJar jar = kept(row.present());
                checkNotRevoked(jar);
                ready(jar, next);
            });
        }
    }

    void disable(Caller caller, String id) throws IOException {
        synchronized (lock(id)) {
            Row row = require(id);
            Row next = row.enabled(false, clock.instant());
            change(caller, "disable", row, next, () -> ready(kept(row.present()), next));
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
            PluginJar jar = kept(previous);
            checkTrust(jar, Source.UPLOADED);
            Row next = row.with(row.source(), previous, clock.instant());
            change(caller, "rollback", row, next, () -> ready(jar, next));
        }
    }

    /** Removes a plugin that was uploaded. */
    void uninstall(Caller caller, String id) throws IOException {
        synchronized (lock(id)) {
            remove(caller, requireUploaded(id));
        }
    }

    /** Removes a plugin whose file in the deploy folder is gone. */
    void withdraw(Caller caller, String id) throws IOException {
        synchronized (lock(id)) {
            Row row = rows.get(id);
            if (row == null) {
                board.remove(id);
            } else if (row.source() == Source.DEPLOYED) {
                remove(caller, row);
            }
        }
    }

    /** Notes that a file was refused before it was known to be a plugin. */
    void refuse(Caller caller, String file, String problem) {
        LOG.warn("The plugin {} was refused: {}", file, problem);
        audit.record(caller, "plugin.install", "plugins/" + file, Outcome.FAILURE, problem);
        board.refused(file, "", problem, clock.instant());
    }

    private void remove(Caller caller, Row row) throws IOException {
        String resource = "plugins/" + row.id();
        audit.record(
                caller,
                "plugin.uninstall",
                resource,
                Outcome.INTENT,
                row.present().version());
        bundles.remove(row.id());
        transactions.write(connection -> {
            PluginTable.delete(connection, row.id());
            audit.record(
                    caller,
                    "plugin.uninstall",
                    resource,
                    Outcome.SUCCESS,
                    row.present().version());
            return true;
        });
        rows.remove(row.id());
        tidy(row);
        board.remove(row.id());
        LOG.info("The plugin {} {} is gone", row.id(), row.present().version());
    }

    /** What is done with the framework. */
    private interface Step {
        void run() throws IOException;
    }

    private void change(Caller caller, String action, @Nullable Row before, Row after, Step step) throws IOException {
        String resource = "plugins/" + after.id();
        String version = after.present().version();
        audit.record(caller, "plugin." + action, resource, Outcome.INTENT, version);
        board.show(after, State.STARTING, null);
        try {
            step.run();
        } catch (FreeholdException | IOException e) {
            String problem = PluginJar.problem(e);
            LOG.warn("The plugin {} {} was refused: {}", after.id(), version, problem);
            goBack(before, after, problem);
            audit.record(caller, "plugin." + action, resource, Outcome.FAILURE, version + ": " + problem);
            throw e;
        }
        transactions.write(connection -> {
            PluginTable.save(connection, after);
            audit.record(caller, "plugin." + action, resource, Outcome.SUCCESS, version);
            return true;
        });
        rows.put(after.id(), after);
        tidy(before);
        board.show(after, state(after), null);
        LOG.info("The plugin {} {} is {}", after.id(), version, state(after));
    }

    /** Lets what was there before go on. */
    private void goBack(@Nullable Row before, Row refused, String problem) {
        try {
            if (before == null) {
                bundles.remove(refused.id());
                board.refused(refused.id(), refused.present().version(), problem, refused.changedAt());
            } else {
                ready(kept(before.present()), before);
                board.show(before, state(before), refused.present().version() + " was refused: " + problem);
            }
        } catch (IOException | FreeholdException e) {
            LOG.error(
                    "What was before {} {} cannot be brought back: {}",
                    refused.id(),
                    refused.present().version(),
                    e.getMessage());
            failed(refused, problem);
        }
    }

    /** Has the framework hold this jar, running if it is to run. */
    private void ready(PluginJar jar, Row row) throws IOException {
        if (!bundles.holds(row.id(), jar.sha256())) {
            store.keep(jar);
            bundles.install(jar.at(store.path(jar.sha256())));
        }
        if (row.enabled()) {
            bundles.start(row.id());
        } else {
            bundles.stop(row.id());
        }
    }

    private PluginJar kept(Release release) throws IOException {
        try {
            return PluginJar.read(store.path(release.sha256()));
        } catch (PluginJar.Incomplete e) {
            throw new IOException("The kept copy of version " + release.version() + " is damaged", e);
        }
    }

    private @Nullable String checkTrust(PluginJar jar, Source source) throws IOException {
        checkNotRevoked(jar);
        String publisher = publishers.publisher(jar).orElse(null);
        if (publisher == null && (source == Source.UPLOADED || signedOnly)) {
            throw PluginJar.refused("It is not signed as a whole by a publisher of etc/trusted-publishers.");
        }
        return publisher;
    }

    private void checkNotRevoked(PluginJar jar) throws IOException {
        if (publishers.isRevoked(jar)) {
            throw PluginJar.refused("It is revoked: etc/trusted-publishers/revoked lists it or its publisher.");
        }
    }

    private void failed(Row row, String problem) {
        LOG.warn("The plugin {} {} does not run: {}", row.id(), row.present().version(), problem);
        board.show(row, State.FAILED, problem);
    }

    private static State state(Row row) {
        return row.enabled() ? State.ACTIVE : State.DISABLED;
    }

    /** Lets go of the copies that only a row that is no more needed. */
    private void tidy(@Nullable Row gone) throws IOException {
        if (gone == null) {
            return;
        }
        Set<String> needed = rows.values().stream().flatMap(Row::hashes).collect(Collectors.toSet());
        for (String sha256 : gone.hashes().toList()) {
            if (!needed.contains(sha256)) {
                store.discard(sha256);
            }
        }
    }

    private Row require(String id) {
        Row row = rows.get(id);
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
