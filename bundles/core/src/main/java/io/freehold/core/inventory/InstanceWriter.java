package io.freehold.core.inventory;

import io.freehold.api.FreeholdException;
import io.freehold.api.storage.Transactions;
import io.freehold.core.project.Departures;
import io.freehold.core.util.Workers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the inventory's changes to the database in batches, a moment after they happened, so that a burst of
 * changes costs one transaction. What a crash loses of them the next reading of the backend brings back.
 */
final class InstanceWriter {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceWriter.class);
    private static final Duration DELAY = Duration.ofMillis(200);
    private static final Duration DELAY_AFTER_FAILURE = Duration.ofSeconds(5);

    private final Transactions transactions;
    private final InstanceStore store;
    private final Departures departures;
    private final Workers workers;
    /** What is to be written; empty for an instance that is gone. */
    private Map<UUID, Optional<Entry>> pending = new HashMap<>();

    private boolean scheduled;
    /** Held while a batch is written: one that failed must not be written again after a newer one. */
    private final ReentrantLock writing = new ReentrantLock();

    InstanceWriter(Transactions transactions, InstanceStore store, Departures departures, Workers workers) {
        this.transactions = transactions;
        this.store = store;
        this.departures = departures;
        this.workers = workers;
    }

    synchronized void save(Entry entry) {
        pending.put(entry.id(), Optional.of(entry));
        schedule(DELAY);
    }

    synchronized void remove(UUID id) {
        pending.put(id, Optional.empty());
        schedule(DELAY);
    }

    /** Writes what is left; for the end of the core. */
    void flush() {
        writing.lock();
        try {
            write();
        } finally {
            writing.unlock();
        }
    }

    private void write() {
        Map<UUID, Optional<Entry>> batch = take();
        if (batch.isEmpty()) {
            return;
        }
        try {
            transactions.write(connection -> {
                List<UUID> gone = batch.entrySet().stream()
                        .filter(change -> change.getValue().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList();
                if (!gone.isEmpty()) {
                    departures.instances(connection, gone);
                }
                store.delete(connection, gone);
                store.save(
                        connection,
                        batch.values().stream().flatMap(Optional::stream).toList());
                return batch.size();
            });
        } catch (FreeholdException e) {
            if (!workers.isClosed()) {
                LOG.warn("What is known of instances could not be stored and is tried again: {}", e.getMessage());
            }
            giveBack(batch);
        } catch (RuntimeException e) {
            LOG.error("What is known of instances could not be stored and is tried again; please report this", e);
            giveBack(batch);
        }
    }

    private synchronized Map<UUID, Optional<Entry>> take() {
        Map<UUID, Optional<Entry>> batch = pending;
        pending = new HashMap<>();
        scheduled = false;
        return batch;
    }

    private synchronized void giveBack(Map<UUID, Optional<Entry>> batch) {
        batch.forEach((id, change) -> pending.merge(id, change, (newer, older) -> Objects.requireNonNull(newer)));
        schedule(DELAY_AFTER_FAILURE);
    }

    private void schedule(Duration delay) {
        if (!scheduled && !workers.isClosed()) {
            scheduled = true;
            var unused = workers.after(delay, this::flush);
        }
    }
}
