package io.freehold.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, in the order of the request.
 *
 * @param items what is on this page
 * @param nextCursor where the next page begins; null on the last page
 * @param total how many items the caller could page through at this moment
 */
public record Page<T>(List<T> items, @Nullable String nextCursor, long total) {
    public Page {
        items = List.copyOf(items);
    }

    /** The same page with each item turned into another. */
    public <R> Page<R> map(Function<? super T, ? extends R> mapping) {
        return new Page<>(items.stream().<R>map(mapping).toList(), nextCursor, total);
    }
}
