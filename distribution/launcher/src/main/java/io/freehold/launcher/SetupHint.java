package io.freehold.launcher;

/** How to make the first administrator; the token itself is shown only on a terminal, never in a log. */
public final class SetupHint {
    /** Set by {@code bin/freehold} if standard output is a terminal. */
    private static final String TERMINAL = "freehold.terminal";

    private SetupHint() {}

    public static String of(DataFolder data, String token) {
        return Boolean.getBoolean(TERMINAL)
                ? "Set it up with this setup token: " + token
                : "Set it up with the setup token in " + data.path().resolve("setup-token");
    }
}
