package io.freehold.plugins;

import io.freehold.api.FreeholdException;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.Outcome;
import io.freehold.api.plugin.Plugin.Source;
import io.freehold.api.plugin.Plugin.State;
import io.freehold.api.security.Caller;
import io.freehold.api.storage.Transactions;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a change of a plugin out in the framework and in the database, with an entry in the audit log before and
 * after, or leaves everything as it was. Whoever calls sees to it that one plugin has one change at a time.
 */
final class PluginChanges {
    private static final Logger LOG = LoggerFactory.getLogger(PluginChanges.class);

    private final Transactions transactions;
    private final AuditLog audit;
    private final JarStore store;
    private final PluginBundles bundles;
    private final Board board;
    private final Map<String, Row> rows = new ConcurrentHashMap<>();
    /** Plugins that are to run and do not: what they lack may come. */
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    PluginChanges(Transactions transactions, AuditLog audit, JarStore store, PluginBundles bundles, Board board) {
        this.transactions = transactions;
        this.audit = audit;
        this.store = store;
        this.bundles = bundles;
        this.board = board;
        transactions.read(PluginTable::all).forEach(row -> rows.put(row.id(), row));
    }

    /** What is kept of the plugins. */
    Map<String, Row> rows() {
        return rows;
    }

    /** Plugins that are to run and do not. */
    Set<String> waiting() {
        return Set.copyOf(waiting);
    }

    void goOn(PluginJar jar, Row row) throws IOException {
        try {
            ready(jar, row);
            show(row);
        } catch (FreeholdException e) {
            failed(row, PluginJar.problem(e));
        }
    }

    void remove(Caller caller, Row row) throws IOException {
        String resource = "plugins/" + row.id();
        audit.record(
                caller,
                "plugin.uninstall",
                resource,
                Outcome.INTENT,
                row.present().version());
        try {
            bundles.remove(row.id(), this::disturbed);
        } catch (RuntimeException | IOException e) {
            refused(caller, "uninstall", row, row, PluginJar.problem(e), bundles.runs(row.id()));
            throw e;
        }
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
        waiting.remove(row.id());
        tidy(row);
        board.remove(row.id());
        LOG.info("The plugin {} {} is gone", row.id(), row.present().version());
    }

    /** What is done with the framework. */
    interface Step {
        void run() throws IOException;
    }

    void change(Caller caller, String action, @Nullable Row before, Row after, Step step) throws IOException {
        String resource = "plugins/" + after.id();
        String version = after.present().version();
        audit.record(caller, "plugin." + action, resource, Outcome.INTENT, version);
        board.show(after, State.STARTING, null);
        try {
            step.run();
            transactions.write(connection -> {
                PluginTable.save(connection, after);
                audit.record(caller, "plugin." + action, resource, Outcome.SUCCESS, version);
                return true;
            });
        } catch (RuntimeException | IOException e) {
            refused(caller, action, before, after, PluginJar.problem(e), goBack(before, after));
            throw e;
        }
        rows.put(after.id(), after);
        tidy(before);
        show(after);
        LOG.info("The plugin {} {} is {}", after.id(), version, state(after));
    }

    /** Says, records and shows that something was refused; what was before goes on. */
    void refused(Caller caller, String action, @Nullable Row before, Row refused, String problem, boolean goesOn) {
        String version = refused.present().version();
        LOG.warn("The plugin {} {} was refused: {}", refused.id(), version, problem);
        if (before != null) {
            String said = before.present().equals(refused.present()) ? problem : version + " was refused: " + problem;
            board.show(before, goesOn ? state(before) : State.FAILED, said);
            if (!goesOn && before.enabled()) {
                waiting.add(before.id());
            }
        } else if (refused.source() == Source.DEPLOYED) {
            board.refused(refused.id(), version, problem, refused.changedAt());
        } else {
            board.remove(refused.id());
        }
        audit.record(caller, "plugin." + action, "plugins/" + refused.id(), Outcome.FAILURE, version + ": " + problem);
    }

    /** Lets what was there before go on. */
    private boolean goBack(@Nullable Row before, Row refused) {
        try {
            if (before == null) {
                bundles.remove(refused.id(), this::disturbed);
            } else if (bundles.holds(before.id(), before.present().sha256())) {
                runOrNot(before);
            } else {
                ready(store.read(before.present().sha256()), before);
            }
            tidy(refused);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "What was before {} {} cannot be brought back: {}",
                    refused.id(),
                    refused.present().version(),
                    PluginJar.problem(e));
            return false;
        }
    }

    /** Has the framework hold this jar, running if it is to run. */
    void ready(PluginJar jar, Row row) throws IOException {
        if (!bundles.holds(row.id(), jar.sha256())) {
            store.keep(jar);
            bundles.install(jar.at(store.path(jar.sha256())), this::disturbed);
        }
        runOrNot(row);
    }

    private void runOrNot(Row row) {
        if (row.enabled()) {
            bundles.start(row.id());
        } else {
            bundles.stop(row.id());
        }
    }

    private void disturbed(String id, String problem) {
        Row row = rows.get(id);
        if (row != null) {
            failed(row, problem);
            if (!rows.containsKey(id)) {
                // Nobody waits for its turn here, so it may have been removed meanwhile: it must not be seen again.
                waiting.remove(id);
                board.remove(id);
            }
        }
    }

    /** Shows that a plugin does not run; it is tried again when another has come. */
    void failed(Row row, String problem) {
        if (row.enabled()) {
            waiting.add(row.id());
        }
        say(row, problem);
    }

    private void say(Row row, String problem) {
        if (board.find(row.id())
                .filter(shown -> problem.equals(shown.problem()))
                .isEmpty()) {
            LOG.warn(
                    "The plugin {} {} does not run: {}", row.id(), row.present().version(), problem);
            board.show(row, State.FAILED, problem);
        }
    }

    private void show(Row row) {
        waiting.remove(row.id());
        board.show(row, state(row), null);
    }

    private State state(Row row) {
        if (!row.enabled()) {
            return State.DISABLED;
        }
        return bundles.runs(row.id()) ? State.ACTIVE : State.FAILED;
    }

    /** Shows a plugin as its bundle is, which somebody else may have started or stopped. */
    void look(Row row) {
        boolean shown = board.find(row.id())
                .filter(plugin -> plugin.state() == State.ACTIVE)
                .isPresent();
        boolean runs = bundles.runs(row.id());
        if (shown == runs || board.isUnknown(row.id()) || bundles.isBusy(row.id())) {
            return;
        }
        String id = row.id();
        if (!runs) {
            bundles.standIn(id);
            if (row.enabled()) {
                say(row, "Its bundle was stopped. Start it again: bin/freehold plugin enable " + id);
            } else {
                show(row);
            }
            return;
        }
        try {
            bundles.takeOver(id);
        } catch (FreeholdException e) {
            failed(row, PluginJar.problem(e));
            return;
        }
        if (row.enabled()) {
            show(row);
        } else {
            board.show(
                    row,
                    State.ACTIVE,
                    "Its bundle was started although the plugin is disabled, and will not be at the next start of"
                            + " Freehold. Enable or disable it: bin/freehold plugin enable " + id);
        }
        LOG.info("The bundle of the plugin {} was started", id);
    }

    /** Lets go of the copies that only a row that is no more needed. */
    private void tidy(@Nullable Row gone) {
        if (gone == null) {
            return;
        }
        Set<String> needed = rows.values().stream().flatMap(Row::hashes).collect(Collectors.toSet());
        for (String sha256 : gone.hashes().toList()) {
            try {
                if (!needed.contains(sha256)) {
                    store.discard(sha256);
                }
            } catch (IOException e) {
                LOG.warn("A copy of the plugin {} that nobody needs stays: {}", gone.id(), e.getMessage());
            }
        }
    }
}
