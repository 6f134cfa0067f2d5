package io.freehold.api.security;

import io.freehold.api.FreeholdException;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Where a role binding holds.
 *
 * @param path {@code /}, {@code /projects/{id}}, {@code /backends/{id}} or {@code /instances/{id}}
 */
public record Scope(String path) {
    /** Everywhere. */
    public static final Scope ROOT = new Scope("/");

    private static final Pattern FORM =
            Pattern.compile("/(?:(?:projects|backends|instances)/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?");

    /**
     * Reads a scope.
     *
     * @throws FreeholdException {@code INVALID} naming {@code scope} if it is not of one of those forms
     */
    public static Scope parse(String path) {
        if (!FORM.matcher(path).matches()) {
            throw FreeholdException.invalid("scope", "must be /, /projects/{id}, /backends/{id} or /instances/{id}");
        }
        return new Scope(path);
    }

    public static Scope instance(UUID id) {
        return new Scope("/instances/" + id);
    }

    public static Scope backend(UUID id) {
        return new Scope("/backends/" + id);
    }

    public static Scope project(UUID id) {
        return new Scope("/projects/" + id);
    }

    @Override
    public String toString() {
        return path;
    }
}
