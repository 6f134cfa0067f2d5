package io.freehold.api.instance;

import io.freehold.api.PageRequest;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which instances are wanted; null means any.
 *
 * @param text part of a name, an id or an image, in any case
 * @param labels labels that must be there with these values; an empty value means any value
 * @param sort {@code name}, {@code state}, {@code kind} or {@code createdAt}, with {@code -} in front for
 *     descending; null means {@code name}
 */
public record InstanceQuery(
        @Nullable Kind kind,
        @Nullable State state,
        @Nullable UUID backendId,
        @Nullable UUID projectId,
        @Nullable String text,
        Map<String, String> labels,
        @Nullable String sort,
        PageRequest page) {
    public InstanceQuery {
        labels = Map.copyOf(labels);
    }

    /** The first page of everything. */
    public static InstanceQuery all() {
        return new InstanceQuery(null, null, null, null, null, Map.of(), null, PageRequest.first());
    }
}
