package io.freehold.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A password, key or token. Its text appears only where {@link #reveal()} is called: never in a log,
 * a message or a serialised answer.
 */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The text itself; hand it straight to what needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    /** The same for every secret, so that a hash table leaks nothing. */
    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "******";
    }
}
