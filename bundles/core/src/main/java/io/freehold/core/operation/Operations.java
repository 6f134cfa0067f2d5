package io.freehold.core.operation;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.audit.Outcome;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.security.Caller;
import io.freehold.core.backend.Connections;
import io.freehold.core.event.Events;
import io.freehold.core.inventory.Creations;
import io.freehold.core.project.Claim;
import io.freehold.core.project.Claims;
import io.freehold.core.project.Ledger;
import io.freehold.core.util.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations that have not ended. One is stored, with what the audit log says of it, before it begins;
 * one at a time holds an instance; a request with the same idempotency key finds the first.
 */
public final class Operations {
    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);
    private static final Duration SAVING = Duration.ofSeconds(1);

    private final Map<UUID, Live> lives = new ConcurrentHashMap<>();
    private final Map<UUID, UUID> holders = new ConcurrentHashMap<>();
    /** Requests with one key come one after the other; which lock a key has does not matter. */
    private final ReentrantLock[] keyLocks =
            IntStream.range(0, 64).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    private final OperationStore store;
    private final Connections connections;
    private final Creations creations;
    private final Ledger ledger;
    private final Claims claims;
    private final Runner runner;
    private final Events events;
    private final Platform platform;

    Operations(
            OperationStore store,
            Connections connections,
            Creations creations,
            Ledger ledger,
            Claims claims,
            Runner runner,
            Events events,
            Platform platform) {
        this.store = store;
        this.connections = connections;
        this.creations = creations;
        this.ledger = ledger;
        this.claims = claims;
        this.runner = runner;
        this.events = events;
        this.platform = platform;
        var unused = platform.workers().after(SAVING, this::save);
    }

    /**
     * The operation that a request with this key began within the last day.
     *
     * @throws FreeholdException {@code CONFLICT}, {@code IDEMPOTENCY_KEY_REUSED}, if it was another request
     */
    public Optional<Operation> replay(Caller caller, @Nullable IdempotencyKey key) {
        if (key == null) {
            return Optional.empty();
        }
        Optional<OperationRow> first = platform.transactions()
                .read(connection -> store.findByKey(connection, caller.principal(), key.key(), keysSince()));
        if (first.isPresent() && !key.requestHash().equals(first.get().requestHash())) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT,
                    "IDEMPOTENCY_KEY_REUSED",
                    "This Idempotency-Key was used for another request; use a new one.");
        }
        return first.map(row -> find(row.id()).map(Live::operation).orElse(row.operation()));
    }

    /**
     * Stores an operation and has it run.
     *
     * @throws FreeholdException {@code CONFLICT}: {@code INSTANCE_BUSY}, {@code IDEMPOTENCY_KEY_REUSED};
     *     {@code NOT_FOUND} if the backend is being deleted; of a creation in a project {@code INVALID} and
     *     {@code QUOTA_EXCEEDED}; {@code UNAVAILABLE} if it cannot be stored
     */
    public Operation submit(Submission submission) {
        IdempotencyKey key = submission.key();
        if (key == null) {
            return begin(submission);
        }
        int lock = Math.floorMod((submission.caller().principal() + "\n" + key.key()).hashCode(), keyLocks.length);
        keyLocks[lock].lock();
        try {
            return replay(submission.caller(), key).orElseGet(() -> begin(submission));
        } finally {
            keyLocks[lock].unlock();
        }
    }

    private Operation begin(Submission submission) {
        OperationRow row = row(submission);
        UUID target = submission.exclusive() ? submission.instanceId() : null;
        Live live = new Live(row, events, platform.revisions(), platform.clock());
        hold(target, row.id());
        lives.put(row.id(), live);
        if (row.isCreation()) {
            creations.expect(submission.instanceId(), row.backendId(), row.projectId());
        }
        boolean stored = false;
        try {
            if (connections.get(row.backendId()).isRetired()) {
                throw FreeholdException.notFound("backend");
            }
            UUID project = row.isCreation() ? row.projectId() : null;
            Claim claim = submission.claim();
            if (project != null && claim != null) {
                ledger.reserve(project, submission.instanceId(), claim);
            }
            platform.transactions().write(connection -> {
                if (project != null && claim != null) {
                    ledger.hold(project);
                    claims.store(connection, submission.instanceId(), claim);
                }
                submission.alongside().store(connection);
                if (row.idempotencyKey() != null) {
                    store.forgetKey(connection, row.caller().principal(), row.idempotencyKey(), keysSince());
                }
                store.insert(connection, row);
                platform.audit()
                        .record(
                                row.caller(),
                                "instance." + row.operation().action(),
                                row.resource(),
                                Outcome.INTENT,
                                submission.detail());
                return row;
            });
            stored = true;
        } finally {
            if (!stored) {
                forget(live, true);
            }
        }
        live.announce();
        runner.start(live, submission.work(), submission.limit(), submission.exclusive(), this);
        return live.operation();
    }

    private Instant keysSince() {
        return platform.clock().instant().minus(History.KEYS_KEPT);
    }

    private OperationRow row(Submission submission) {
        Operation operation = new Operation(
                platform.ids().next(),
                submission.action(),
                submission.backendId(),
                submission.instanceId(),
                OperationStatus.PENDING,
                0,
                "",
                null,
                submission.caller().principal().toString(),
                platform.clock().instant(),
                null,
                null,
                platform.revisions().next());
        IdempotencyKey key = submission.key();
        return new OperationRow(
                operation,
                submission.caller(),
                submission.projectId(),
                submission.arguments(),
                key == null ? null : key.key(),
                key == null ? null : key.requestHash());
    }

    /** Takes in an operation that a crash interrupted; it holds its instance until it has ended. */
    Live adopt(OperationRow row) {
        Live live = new Live(row, events, platform.revisions(), platform.clock());
        lives.put(row.id(), live);
        UUID target = row.operation().instanceId();
        if (target != null && !"kill".equals(row.operation().action())) {
            holders.putIfAbsent(target, row.id());
        }
        if (target != null && row.isCreation()) {
            creations.expect(target, row.backendId(), row.projectId());
            if (row.projectId() != null) {
                ledger.resume(row.projectId(), target);
            }
        }
        return live;
    }

    Optional<Live> find(UUID id) {
        return Optional.ofNullable(lives.get(id));
    }

    Collection<Live> all() {
        return lives.values();
    }

    /** Whether operations run on a backend. */
    public boolean busy(UUID backendId) {
        return lives.values().stream().anyMatch(live -> live.row().backendId().equals(backendId));
    }

    /**
     * An operation is over.
     *
     * @param neverBegan whether nothing can have come of it
     */
    void forget(Live live, boolean neverBegan) {
        OperationRow row = live.row();
        lives.remove(row.id());
        UUID target = row.operation().instanceId();
        if (target == null) {
            return;
        }
        holders.remove(target, row.id());
        if (row.isCreation()) {
            ledger.settle(target);
        }
        // What was being created and is not known may still turn up, and gets the id that it was promised then.
        if (row.isCreation() && (neverBegan || live.created() != null)) {
            creations.forget(target);
        }
    }

    /** Nobody waits for an end that does not come in this life. */
    void close() {
        lives.values().forEach(live -> live.ended().complete(live.operation()));
    }

    private void hold(@Nullable UUID target, UUID operation) {
        if (target != null && holders.putIfAbsent(target, operation) != null) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT,
                    "INSTANCE_BUSY",
                    "Another operation runs on this instance; wait for it or cancel it.");
        }
    }

    /** Stores the progress of what runs, now and then. */
    private void save() {
        try {
            for (Live live : lives.values()) {
                Operation unsaved = live.takeUnsaved();
                if (unsaved != null) {
                    save(live, unsaved);
                }
            }
        } catch (FreeholdException e) {
            LOG.warn("The progress of operations cannot be stored now: {}", e.getMessage());
        } finally {
            var unused = platform.workers().after(SAVING, this::save);
        }
    }

    private void save(Live live, Operation unsaved) {
        boolean saved = false;
        try {
            // Something newer in the database is the end of it.
            platform.transactions().write(connection -> store.update(connection, unsaved));
            saved = true;
        } finally {
            if (!saved) {
                live.giveUnsavedBack();
            }
        }
    }
}
