package io.freehold.rest.view;

import io.freehold.api.FreeholdException;
import io.freehold.api.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is missing in a request, so that a client learns all of it at once. */
public final class Requests {
    private final List<Violation> violations = new ArrayList<>();

    /** Notes a text that must be there; the empty text stands in for it until {@link #check()}. */
    public String text(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            violations.add(new Violation(field, "is required"));
            return "";
        }
        return value;
    }

    /** Notes something that is wrong. */
    public void wrong(String field, String message) {
        violations.add(new Violation(field, message));
    }

    /**
     * @throws FreeholdException {@code INVALID} if anything was missing or wrong
     */
    public void check() {
        if (!violations.isEmpty()) {
            throw FreeholdException.invalid(violations);
        }
    }
}
