package io.freehold.launcher;

/** What {@code bin/freehold} tells the shell. */
public final class ExitStatus {
    /** Done. */
    public static final int OK = 0;

    /** It was tried and failed. */
    public static final int FAILED = 1;

    /** The command line or a setting is wrong. */
    public static final int USAGE = 2;

    /** Freehold is not running, and the command needs it. */
    public static final int NOT_RUNNING = 3;

    private ExitStatus() {}
}
