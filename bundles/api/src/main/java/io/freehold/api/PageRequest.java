package io.freehold.api;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param limit how many items at the most, 1 to {@value #MAX_LIMIT}
 * @param cursor {@link Page#nextCursor()} of the page before; null for the first page
 */
public record PageRequest(int limit, @Nullable String cursor) {
    public static final int DEFAULT_LIMIT = 100;
    public static final int MAX_LIMIT = 1000;

    /**
     * @throws FreeholdException {@link ErrorCode#INVALID} if the limit is out of range
     */
    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw FreeholdException.invalid("limit", "must be from 1 to " + MAX_LIMIT);
        }
    }

    /** The first page in the usual size. */
    public static PageRequest first() {
        return new PageRequest(DEFAULT_LIMIT, null);
    }
}
