package io.freehold.launcher;

/** How to make the first administrator. Shown at each start until there is one; the token is of use once. */
public final class SetupHint {
    private SetupHint() {}

    public static String of(String token) {
        return "Set it up with this setup token: " + token;
    }
}
