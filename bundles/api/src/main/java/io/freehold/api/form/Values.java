package io.freehold.api.form;

import io.freehold.api.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Form} read: each value has the type that its field says, and is absent where nothing was
 * given and there is no fallback. Asking for a field by another type than its own is a programming error.
 */
public final class Values {
    private final Map<String, Object> values;

    Values(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /** Values without a single one. */
    public static Values empty() {
        return new Values(Map.of());
    }

    /** The text of a {@code TEXT}, {@code MULTILINE} or {@code CHOICE} field. */
    public Optional<String> text(String field) {
        return Optional.ofNullable((String) values.get(field));
    }

    public Optional<Secret> secret(String field) {
        return Optional.ofNullable((Secret) values.get(field));
    }

    public Optional<Long> integer(String field) {
        return Optional.ofNullable((Long) values.get(field));
    }

    public Optional<Double> decimal(String field) {
        return Optional.ofNullable((Double) values.get(field));
    }

    /** The yes or no of a {@code BOOLEAN} field; no where absent. */
    public boolean flag(String field) {
        return Boolean.TRUE.equals(values.get(field));
    }

    /** The texts of a {@code TEXTS} field; empty where absent. */
    @SuppressWarnings("unchecked")
    public List<String> texts(String field) {
        return orElse((List<String>) values.get(field), List.of());
    }

    /** The names and texts of a {@code TEXT_MAP} field; empty where absent. */
    @SuppressWarnings("unchecked")
    public Map<String, String> textMap(String field) {
        return orElse((Map<String, String>) values.get(field), Map.of());
    }

    /** The objects of an {@code OBJECTS} field; empty where absent. */
    @SuppressWarnings("unchecked")
    public List<Values> objects(String field) {
        return orElse((List<Values>) values.get(field), List.of());
    }

    /** Every value by its field's name: String, Secret, Long, Double, Boolean, List, Map, or List of Values. */
    public Map<String, Object> asMap() {
        return values;
    }

    private static <T> T orElse(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }
}
