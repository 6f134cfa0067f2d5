package io.freehold.api.instance;

/** What an instance is now. */
public enum State {
    /** It does not run and was not meant to. */
    STOPPED,
    /** It was told to run and is not ready yet. */
    STARTING,
    /** It runs. */
    RUNNING,
    /** It was told to stop and still runs. */
    STOPPING,
    /** It is frozen, with its memory kept. */
    PAUSED,
    /** It ended or failed to start by a fault. */
    FAILED,
    /** Its backend cannot tell. */
    UNKNOWN
}
