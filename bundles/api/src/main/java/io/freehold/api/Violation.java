package io.freehold.api;

import static java.util.Objects.requireNonNull;

/**
 * One value that is not acceptable.
 *
 * @param field path of the value as the sender named it, such as {@code config.url} or {@code ports[0].port}
 * @param message what is wrong and what would be right, for people
 */
public record Violation(String field, String message) {
    public Violation {
        requireNonNull(field);
        requireNonNull(message);
    }

    /** The same violation seen from one level further out: {@code under("config")} of {@code url} is {@code config.url}. */
    public Violation under(String parent) {
        return new Violation(parent + "." + field, message);
    }
}
