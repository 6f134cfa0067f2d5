package io.freehold.core.operation;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.audit.Outcome;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.Operation.OperationError;
import io.freehold.api.operation.OperationStatus;
import io.freehold.core.backend.Connection;
import io.freehold.core.backend.Connections;
import io.freehold.core.inventory.Entry;
import io.freehold.core.inventory.InstanceStore;
import io.freehold.core.util.Platform;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs operations on threads of their own and writes down how they ended, together with the audit log. */
final class Runner {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
    private static final Duration STORE_RETRY = Duration.ofSeconds(1);

    private final Slots slots = new Slots();
    private final Connections connections;
    private final OperationStore store;
    private final InstanceStore instances;
    private final Platform platform;
    private volatile boolean closed;

    Runner(Connections connections, OperationStore store, InstanceStore instances, Platform platform) {
        this.connections = connections;
        this.store = store;
        this.instances = instances;
        this.platform = platform;
    }

    /** From now on what is interrupted stays in the database as it is, for the next start. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Runs an operation as soon as its backend has a place for it.
     *
     * @param queued whether it waits for a place at all
     */
    void start(Live live, Work work, Duration limit, boolean queued, Operations operations) {
        if (!queued) {
            onThread(() -> run(live, work, limit, operations));
            return;
        }
        UUID backend = live.row().backendId();
        Set<?> owners = owners(live.row());
        slots.enter(new Slots.Entrant(
                backend,
                owners,
                () -> onThread(() -> {
                    try {
                        run(live, work, limit, operations);
                    } finally {
                        slots.leave(backend, owners);
                    }
                })));
    }

    /** Who began it, and the project that it is in. */
    private static Set<?> owners(OperationRow row) {
        Set<Object> owners = new HashSet<>(Set.of(row.caller().principal()));
        if (row.projectId() != null) {
            owners.add(row.projectId());
        }
        return owners;
    }

    private void onThread(Runnable work) {
        try {
            platform.workers().run(work);
        } catch (RejectedExecutionException e) {
            // Too many threads are busy: the operation waits, as it would for any other reason.
            var unused = platform.workers().after(Duration.ofSeconds(1), work);
        }
    }

    private void run(Live live, Work work, Duration limit, Operations operations) {
        try {
            Connection connection = connections.get(live.row().backendId());
            if (!connection.awaitUp(platform.timings().availability())) {
                throw new FreeholdException(ErrorCode.UNAVAILABLE, unavailable(connection));
            }
            if (live.begin()) {
                work.run(connection, new Execution(live, platform.clock(), limit));
                end(live, OperationStatus.SUCCEEDED, null, operations);
            }
        } catch (FreeholdException e) {
            if (e.code() == ErrorCode.INTERNAL) {
                LOG.error(
                        "Operation {} failed by a fault; please report this",
                        live.row().id(),
                        e);
            }
            boolean cancelled = e.code() == ErrorCode.CANCELLED && live.isCancelling();
            end(
                    live,
                    cancelled ? OperationStatus.CANCELLED : OperationStatus.FAILED,
                    cancelled ? null : new OperationError(e.code(), String.valueOf(e.getMessage())),
                    operations);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "Operation {} failed by a fault; please report this",
                    live.row().id(),
                    e);
            end(
                    live,
                    OperationStatus.FAILED,
                    new OperationError(ErrorCode.INTERNAL, "A fault of Freehold; its log says more."),
                    operations);
        }
    }

    /** Ends an operation for good, durably; tries until that is written or Freehold stops. */
    void end(Live live, OperationStatus status, @Nullable OperationError error, Operations operations) {
        if (closed || !live.takeEnd(false)) {
            return;
        }
        OperationRow end = live.end(status, error);
        boolean told = false;
        while (!closed) {
            boolean stored = false;
            try {
                write(live, end);
                stored = true;
            } catch (RuntimeException | Error e) {
                // Whatever it is: nobody else can end the operation now, and it holds its instance until then.
                if (!told) {
                    LOG.error("The end of operation {} cannot be stored and is tried again", end.id(), e);
                    told = true;
                }
            }
            if (stored) {
                ended(live, end, operations);
                return;
            }
            try {
                Thread.sleep(STORE_RETRY.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Ends an operation that has not begun; false if it has. */
    boolean endPending(Live live, Runnable inTransaction, Operations operations) {
        if (!live.takeEnd(true)) {
            return false;
        }
        boolean stored = false;
        try {
            OperationRow end = live.end(OperationStatus.CANCELLED, null);
            platform.transactions().write(connection -> {
                inTransaction.run();
                write(live, end);
                return end;
            });
            stored = true;
            ended(live, end, operations);
        } finally {
            if (!stored) {
                live.giveEndBack();
            }
        }
        return true;
    }

    private void write(Live live, OperationRow end) {
        platform.transactions().write(connection -> {
            if (!store.update(connection, end.operation())) {
                throw new IllegalStateException("The database has something newer than the end of " + end.id());
            }
            Entry created = live.created();
            if (created != null) {
                instances.save(connection, List.of(created));
            }
            platform.audit()
                    .record(
                            end.caller(),
                            "instance." + end.operation().action(),
                            end.resource(),
                            end.operation().status() == OperationStatus.SUCCEEDED ? Outcome.SUCCESS : Outcome.FAILURE,
                            outcome(end.operation()));
            return end;
        });
    }

    private void ended(Live live, OperationRow end, Operations operations) {
        live.finish(end);
        operations.forget(live, end.operation().startedAt() == null);
        live.ended().complete(end.operation());
    }

    private static String outcome(Operation operation) {
        OperationError error = operation.error();
        return error != null ? error.message() : operation.status() == OperationStatus.CANCELLED ? "cancelled" : "";
    }

    private static String unavailable(Connection connection) {
        String why = connection.view().health().message();
        return "Backend '" + connection.view().name() + "' cannot be reached"
                + (why == null ? "; nothing was done." : ", so nothing was done: " + why);
    }
}
