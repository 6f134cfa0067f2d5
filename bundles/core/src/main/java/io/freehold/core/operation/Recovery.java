package io.freehold.core.operation;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.instance.State;
import io.freehold.api.operation.Operation.OperationError;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.core.backend.Connection;
import io.freehold.core.backend.Connections;
import io.freehold.core.inventory.Creations;
import io.freehold.core.inventory.Entry;
import io.freehold.core.inventory.Inventory;
import io.freehold.core.util.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends truthfully what a crash interrupted: asks each backend, once it answers, what became of it. Nothing
 * is done again that could happen twice.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    /** So long after it was begun, what a failed creation left behind is still known as Freehold's own. */
    private static final Duration LATE = Duration.ofDays(7);

    private final Operations operations;
    private final Runner runner;
    private final Steps steps;
    private final Connections connections;
    private final Inventory inventory;
    private final Creations creations;
    private final Platform platform;
    private final Map<UUID, List<Live>> interrupted = new HashMap<>();

    Recovery(
            Operations operations,
            Runner runner,
            Steps steps,
            Connections connections,
            Inventory inventory,
            Creations creations,
            Platform platform) {
        this.operations = operations;
        this.runner = runner;
        this.steps = steps;
        this.connections = connections;
        this.inventory = inventory;
        this.creations = creations;
        this.platform = platform;
    }

    /** Takes in what was interrupted; before backends are connected, so that what they have is recognised. */
    void takeIn(OperationStore store) {
        platform.transactions()
                .read(connection -> store.withoutInstance(
                        connection, platform.clock().instant().minus(LATE)))
                .forEach(row -> {
                    UUID instance = row.operation().instanceId();
                    if (instance != null) {
                        creations.expect(instance, row.backendId(), row.projectId());
                    }
                });
        for (OperationRow row : platform.transactions().read(store::unfinished)) {
            interrupted
                    .computeIfAbsent(row.backendId(), id -> new ArrayList<>())
                    .add(operations.adopt(row));
        }
    }

    /** Decides about what was taken in, in the background. */
    void begin() {
        interrupted.forEach((backend, lives) -> {
            LOG.info("{} operations were interrupted; their backend is asked what became of them", lives.size());
            // Later, if too much is going on: nobody else would ever end these.
            var unused = platform.workers().after(Duration.ZERO, () -> recover(backend, lives));
        });
    }

    private void recover(UUID backendId, List<Live> lives) {
        try {
            Connection connection = connections.find(backendId).orElse(null);
            if (connection == null || !connection.awaitUp(platform.timings().recovery())) {
                lives.forEach(live -> fail(live, ErrorCode.UNAVAILABLE, unknown(connection)));
                return;
            }
            if (lives.stream().anyMatch(live -> isLost(connection, live))) {
                // What the engine was still doing when Freehold died may turn up a moment later.
                Thread.sleep(platform.timings().settle().toMillis());
            }
            for (Live live : lives) {
                decide(connection, live);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            lives.forEach(live -> fault(live, e));
        }
    }

    private boolean isLost(Connection connection, Live live) {
        UUID instance = live.operation().instanceId();
        return instance != null
                && live.row().isCreation()
                && inventory
                        .withToken(connection.id(), creations.token(instance))
                        .isEmpty();
    }

    private void decide(Connection connection, Live live) {
        try {
            UUID instance = live.operation().instanceId();
            if (instance != null && live.row().isCreation()) {
                decideCreation(connection, live, creations.token(instance));
            } else {
                decideAction(connection, live);
            }
        } catch (FreeholdException e) {
            fail(live, e.code(), "Freehold was interrupted, and the outcome is unknown: " + e.getMessage());
        } catch (RuntimeException e) {
            // One that cannot be decided must not keep those after it undecided.
            fault(live, e);
        }
    }

    private void decideCreation(Connection connection, Live live, String token) {
        List<Entry> found = inventory.withToken(connection.id(), token);
        if (found.isEmpty()) {
            List<ObservedInstance> all = connection.ask(platform.timings().call(), backend -> backend.instances());
            all.stream()
                    .filter(observed -> token.equals(observed.creationToken()))
                    .forEach(observed -> inventory.changed(connection.id(), observed));
            found = inventory.withToken(connection.id(), token);
        }
        if (found.size() == 1) {
            boolean start = Boolean.TRUE.equals(live.row().arguments().get("start"));
            Work rest = steps.finishCreation(found.get(0).nativeId(), start);
            runner.start(live, rest, platform.timings().action(), true, operations);
        } else if (found.isEmpty()) {
            fail(
                    live,
                    ErrorCode.UNAVAILABLE,
                    "Freehold was interrupted before the instance was created; create it again.");
        } else {
            fail(
                    live,
                    ErrorCode.CONFLICT,
                    "Freehold was interrupted, and " + found.size()
                            + " instances carry this creation's mark; delete those that are not wanted.");
        }
    }

    private void decideAction(Connection connection, Live live) {
        String action = live.row().operation().action();
        Optional<Entry> entry =
                Optional.ofNullable(live.operation().instanceId()).flatMap(inventory::find);
        Optional<ObservedInstance> now = entry.flatMap(known -> steps.look(connection, known.nativeId()));
        if (now.isEmpty()) {
            if ("delete".equals(action)) {
                runner.end(live, OperationStatus.SUCCEEDED, null, operations);
            } else {
                fail(live, ErrorCode.NOT_FOUND, "Freehold was interrupted, and the instance is gone now.");
            }
            return;
        }
        State state = now.get().state();
        if (reached(action, state)) {
            runner.end(live, OperationStatus.SUCCEEDED, null, operations);
        } else {
            fail(
                    live,
                    ErrorCode.UNAVAILABLE,
                    "restart".equals(action)
                            ? "Freehold was interrupted while restarting; whether it took effect cannot be told. The"
                                    + " instance is " + state + " now."
                            : "Freehold was interrupted; the instance is " + state + " now. Try again.");
        }
    }

    /** Whether the state can only be what the action wanted. A restart leaves no trace to tell it by. */
    private static boolean reached(String action, State state) {
        return switch (action) {
            case "start", "resume" -> state == State.RUNNING || state == State.STARTING;
            case "stop", "kill" -> state == State.STOPPED || state == State.FAILED;
            case "pause" -> state == State.PAUSED;
            default -> false;
        };
    }

    private void fault(Live live, RuntimeException fault) {
        LOG.error(
                "What became of operation {} cannot be found out; please report this",
                live.row().id(),
                fault);
        fail(
                live,
                ErrorCode.INTERNAL,
                "Freehold was interrupted, and the outcome is unknown: a fault of Freehold; its log says more.");
    }

    private void fail(Live live, ErrorCode code, String message) {
        boolean cancelled = live.isCancelling();
        runner.end(
                live,
                cancelled ? OperationStatus.CANCELLED : OperationStatus.FAILED,
                cancelled ? null : new OperationError(code, message),
                operations);
    }

    private static String unknown(@Nullable Connection connection) {
        return connection == null
                ? "Freehold was interrupted, and the backend has been removed: the outcome is unknown."
                : "Freehold was interrupted, and backend '" + connection.view().name()
                        + "' has not answered since: the outcome is unknown.";
    }
}
