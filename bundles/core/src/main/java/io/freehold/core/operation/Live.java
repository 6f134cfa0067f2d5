package io.freehold.core.operation;

import io.freehold.api.event.EventType;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.Operation.OperationError;
import io.freehold.api.operation.OperationStatus;
import io.freehold.core.event.Audience;
import io.freehold.core.event.Events;
import io.freehold.core.inventory.Entry;
import io.freehold.core.util.Sequence;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An operation that has not ended: where it stands, ahead of what the database says. Thread-safe. */
final class Live {
    private final Events events;
    private final Sequence revisions;
    private final Clock clock;
    private final CompletableFuture<Operation> ended = new CompletableFuture<>();
    private OperationRow row;
    private @Nullable Entry created;
    private boolean ending;
    private boolean unsaved;

    Live(OperationRow row, Events events, Sequence revisions, Clock clock) {
        this.row = row;
        this.events = events;
        this.revisions = revisions;
        this.clock = clock;
    }

    synchronized OperationRow row() {
        return row;
    }

    Operation operation() {
        return row().operation();
    }

    /** Completes when it has ended durably, or Freehold stops. */
    CompletableFuture<Operation> ended() {
        return ended;
    }

    /** Tells that it is there. */
    synchronized void announce() {
        publish();
    }

    /** From pending to running; false if it has ended before. */
    synchronized boolean begin() {
        if (ending) {
            return false;
        }
        if (operation().status() == OperationStatus.PENDING) {
            change(row.running(clock.instant(), revisions.next()));
        }
        return true;
    }

    synchronized void progress(int percent, String message) {
        int progress = Math.max(operation().progress(), Math.min(percent, 99));
        if (!ending
                && (progress != operation().progress()
                        || !message.equals(operation().message()))) {
            change(row.progress(progress, message, revisions.next()));
        }
    }

    /** The instance that it created, to be stored with its end. */
    synchronized void created(Entry entry) {
        created = entry;
    }

    synchronized @Nullable Entry created() {
        return created;
    }

    synchronized void cancelling() {
        if (!ending) {
            change(row.cancelling(revisions.next()));
        }
    }

    synchronized boolean isCancelling() {
        return operation().status() == OperationStatus.CANCELLING;
    }

    /**
     * Takes the right to end it.
     *
     * @param onlyPending whether only if it has not begun
     * @return false if somebody else has it, or it has begun
     */
    synchronized boolean takeEnd(boolean onlyPending) {
        if (ending || (onlyPending && operation().status() != OperationStatus.PENDING)) {
            return false;
        }
        ending = true;
        return true;
    }

    /** Whether how it ends is decided, stored or not. */
    synchronized boolean isEnding() {
        return ending;
    }

    /** Gives the right to end it back. */
    synchronized void giveEndBack() {
        ending = false;
    }

    /** How it will have ended, once that is stored. */
    synchronized OperationRow end(OperationStatus status, @Nullable OperationError error) {
        return row.ended(status, error, clock.instant(), revisions.next());
    }

    /** It has ended, durably. */
    synchronized void finish(OperationRow end) {
        row = end;
        unsaved = false;
        publish();
    }

    /** What the database does not have yet; null if nothing. */
    synchronized @Nullable Operation takeUnsaved() {
        if (!unsaved || ending) {
            return null;
        }
        unsaved = false;
        return row.operation();
    }

    /** The database does not have it after all. */
    synchronized void giveUnsavedBack() {
        unsaved = true;
    }

    private void change(OperationRow changed) {
        row = changed;
        unsaved = true;
        publish();
    }

    private void publish() {
        Operation operation = row.operation();
        events.publish(
                EventType.OPERATION_CHANGED,
                operation.revision(),
                operation,
                Audience.operation(operation.createdBy(), row.scopes()));
    }
}
