package io.freehold.api.security;

import io.freehold.api.FreeholdException;
import java.util.regex.Pattern;

/**
 * The right to do one thing to one sort of thing, written {@code resource:verb}.
 *
 * @param resource such as {@code instance}
 * @param verb such as {@code start}
 */
public record Permission(String resource, String verb) implements Comparable<Permission> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*:[a-z][a-z0-9-]*");

    /**
     * Reads {@code resource:verb}.
     *
     * @throws FreeholdException {@code INVALID} naming {@code permission} if it is not of that form
     */
    public static Permission of(String text) {
        if (!FORM.matcher(text).matches()) {
            throw FreeholdException.invalid("permission", "'" + text + "' is not of the form resource:verb");
        }
        int colon = text.indexOf(':');
        return new Permission(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public int compareTo(Permission other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return resource + ":" + verb;
    }
}
