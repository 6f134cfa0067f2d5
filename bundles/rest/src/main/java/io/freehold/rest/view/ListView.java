package io.freehold.rest.view;

import io.freehold.api.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list as the API shows it.
 *
 * @param nextCursor for {@code ?cursor=}; null on the last page
 */
public record ListView<T>(List<T> items, @Nullable String nextCursor, long total) {
    public static <S, T> ListView<T> of(Page<S> page, Function<? super S, ? extends T> view) {
        return new ListView<>(page.items().stream().<T>map(view).toList(), page.nextCursor(), page.total());
    }

    /** A list that is always answered whole. */
    public static <T> ListView<T> whole(List<T> items) {
        return new ListView<>(items, null, items.size());
    }
}
