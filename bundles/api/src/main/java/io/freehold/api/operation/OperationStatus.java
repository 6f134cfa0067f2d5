package io.freehold.api.operation;

/** Where an operation stands. */
public enum OperationStatus {
    /** Persisted and waiting for its turn. */
    PENDING,
    /** Being carried out. */
    RUNNING,
    /** Asked to stop; it ends as soon as it can. */
    CANCELLING,
    /** Done. */
    SUCCEEDED,
    /** Not done, or not wholly; the error says why. */
    FAILED,
    /** Ended on request before it was done. */
    CANCELLED;

    /** Whether nothing will change any more. */
    public boolean ended() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
