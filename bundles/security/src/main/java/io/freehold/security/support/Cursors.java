package io.freehold.security.support;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cursors of lists that are ordered by a number or an id: they name the last item of the page before. */
public final class Cursors {
    private Cursors() {}

    /**
     * Reads a number.
     *
     * @throws FreeholdException {@code INVALID} naming {@code cursor}
     */
    public static long number(@Nullable String cursor, long first) {
        if (cursor == null) {
            return first;
        }
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    /**
     * Reads an id; empty text comes before every id.
     *
     * @throws FreeholdException {@code INVALID} naming {@code cursor}
     */
    public static String id(@Nullable String cursor) {
        if (cursor == null) {
            return "";
        }
        try {
            return UUID.fromString(cursor).toString();
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    /** A page of what was found, of which there may be one more than asked for. */
    public static <T> Page<T> page(List<T> found, int limit, long total, Function<T, String> cursor) {
        return found.size() <= limit
                ? new Page<>(found, null, total)
                : new Page<>(found.subList(0, limit), cursor.apply(found.get(limit - 1)), total);
    }

    private static FreeholdException invalid() {
        return FreeholdException.invalid("cursor", "is not a cursor of this list");
    }
}
