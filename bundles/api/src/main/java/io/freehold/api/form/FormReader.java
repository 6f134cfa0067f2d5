package io.freehold.api.form;

import io.freehold.api.Secret;
import io.freehold.api.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks JSON values against fields and turns them into the types that {@link Values} answers. */
final class FormReader {
    private FormReader() {}

    static Values read(Form form, Map<String, ?> input, List<Violation> violations) {
        Map<String, Object> values = new LinkedHashMap<>();
        Set<String> unknown = new HashSet<>(input.keySet());
        for (Field field : form.fields()) {
            unknown.remove(field.name());
            @Nullable Object given = input.get(field.name());
            if (given == null || given.equals("")) {
                given = field.fallback().orElse(null);
            }
            if (given == null) {
                if (field.isRequired()) {
                    violations.add(new Violation(field.name(), "is required"));
                }
                continue;
            }
            @Nullable Object value = convert(field, given, violations);
            if (value != null) {
                values.put(field.name(), value);
            }
        }
        unknown.stream().sorted().forEach(name -> violations.add(new Violation(name, "is not a known field")));
        return new Values(values);
    }

    private static @Nullable Object convert(Field field, Object given, List<Violation> violations) {
        switch (field.type()) {
            case TEXT, MULTILINE:
                return given instanceof String text ? text(field, text, violations) : wrong(field, "a text", violations);
            case SECRET:
                if (given instanceof Secret) {
                    return given;
                }
                return given instanceof String text && text(field, text, violations) != null
                        ? Secret.of(text)
                        : wrong(field, "a text", violations);
            case CHOICE:
                return given instanceof String text && field.choices().contains(text)
                        ? text
                        : wrong(field, "one of " + String.join(", ", field.choices()), violations);
            case INTEGER:
                return integer(field, given, violations);
            case DECIMAL:
                return given instanceof Number number
                        ? inRange(field, number.doubleValue(), violations)
                        : wrong(field, "a number", violations);
            case BOOLEAN:
                return given instanceof Boolean ? given : wrong(field, "true or false", violations);
            case TEXTS:
                return texts(field, given, violations);
            case TEXT_MAP:
                return textMap(field, given, violations);
            case OBJECTS:
                return objects(field, given, violations);
        }
        throw new AssertionError(field.type());
    }

    private static @Nullable String text(Field field, String text, List<Violation> violations) {
        if (text.indexOf('\0') >= 0) {
            return wrong(field, "a text without NUL characters", violations);
        }
        long min = field.minimum().orElse(0L);
        long max = field.maximum().orElse(65_536L);
        if (text.length() < min || text.length() > max) {
            return wrong(field, "from " + min + " to " + max + " characters long", violations);
        }
        if (field.pattern().isPresent() && !field.pattern().get().matcher(text).matches()) {
            return wrong(field, field.patternHint().orElse("of the expected form"), violations);
        }
        return text;
    }

    private static @Nullable Long integer(Field field, Object given, List<Violation> violations) {
        if (given instanceof Number number) {
            try {
                long value = new BigDecimal(number.toString()).longValueExact();
                return inRange(field, value, violations) == null ? null : value;
            } catch (ArithmeticException | NumberFormatException e) {
                return wrong(field, "a whole number", violations);
            }
        }
        return wrong(field, "a whole number", violations);
    }

    private static @Nullable Double inRange(Field field, double value, List<Violation> violations) {
        if (Double.isNaN(value)
                || value < field.minimum().orElse(Long.MIN_VALUE)
                || value > field.maximum().orElse(Long.MAX_VALUE)) {
            return wrong(
                    field,
                    "from " + field.minimum().map(String::valueOf).orElse("any number") + " to "
                            + field.maximum().map(String::valueOf).orElse("any number"),
                    violations);
        }
        return value;
    }

    private static @Nullable List<String> texts(Field field, Object given, List<Violation> violations) {
        if (!(given instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            return wrong(field, "a list of texts", violations);
        }
        List<String> texts = new ArrayList<>();
        for (Object element : list) {
            String text = text(field, (String) element, violations);
            if (text == null) {
                return null;
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    private static @Nullable Map<String, String> textMap(Field field, Object given, List<Violation> violations) {
        if (!(given instanceof Map<?, ?> map)
                || !map.values().stream().allMatch(String.class::isInstance)
                || !map.keySet().stream().allMatch(String.class::isInstance)) {
            return wrong(field, "an object whose values are texts", violations);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String text = text(field, (String) entry.getValue(), violations);
            if (text == null) {
                return null;
            }
            texts.put((String) entry.getKey(), text);
        }
        return texts;
    }

    private static @Nullable List<Values> objects(Field field, Object given, List<Violation> violations) {
        if (!(given instanceof List<?> list)) {
            return wrong(field, "a list of objects", violations);
        }
        Form form = field.form().orElseThrow();
        List<Values> result = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof Map<?, ?> map)) {
                return wrong(field, "a list of objects", violations);
            }
            Map<String, Object> named = new LinkedHashMap<>();
            map.forEach((key, value) -> {
                if (value != null) {
                    named.put(String.valueOf(key), value);
                }
            });
            List<Violation> inner = new ArrayList<>();
            result.add(read(form, named, inner));
            String parent = field.name() + "[" + i + "]";
            inner.forEach(violation -> violations.add(violation.under(parent)));
        }
        return List.copyOf(result);
    }

    private static <T> @Nullable T wrong(Field field, String expected, List<Violation> violations) {
        violations.add(new Violation(field.name(), "must be " + expected));
        return null;
    }
}
