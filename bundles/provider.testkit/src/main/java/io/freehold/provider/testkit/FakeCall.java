package io.freehold.provider.testkit;

/** A call that a {@link FakeEngine} can count, hold and fail. */
public enum FakeCall {
    OPEN,
    INFO,
    INSTANCES,
    INSTANCE,
    START,
    STOP,
    RESTART,
    KILL,
    PAUSE,
    RESUME,
    CREATE,
    DELETE,
    LOGS,
    FOLLOW,
    ATTACH,
    INPUT,
    MEASURE,
    WATCH
}
