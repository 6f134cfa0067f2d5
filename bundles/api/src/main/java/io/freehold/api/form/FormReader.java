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
        return switch (field.type()) {
            case TEXT, MULTILINE -> text(field, given, violations);
            case SECRET -> secret(field, given, violations);
            case CHOICE -> choice(field, given, violations);
            case INTEGER -> integer(field, given, violations);
            case DECIMAL -> decimal(field, given, violations);
            case BOOLEAN -> flag(field, given, violations);
            case TEXTS -> texts(field, given, violations);
            case TEXT_MAP -> textMap(field, given, violations);
            case OBJECTS -> objects(field, given, violations);
        };
    }

    private static @Nullable String text(Field field, Object given, List<Violation> violations) {
        if (!(given instanceof String text)) {
            return wrong(field, "a text", violations);
        }
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

    private static @Nullable Secret secret(Field field, Object given, List<Violation> violations) {
        String text = text(field, given instanceof Secret secret ? secret.reveal() : given, violations);
        return text == null ? null : Secret.of(text);
    }

    private static @Nullable String choice(Field field, Object given, List<Violation> violations) {
        return given instanceof String text && field.choices().contains(text)
                ? text
                : wrong(field, "one of " + String.join(", ", field.choices()), violations);
    }

    private static @Nullable Long integer(Field field, Object given, List<Violation> violations) {
        try {
            if (given instanceof Number number) {
                BigDecimal value = new BigDecimal(number.toString());
                return inRange(field, value, violations) ? (Long) value.longValueExact() : null;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // a fraction, or too large: the message below fits
        }
        wrong(field, "a whole number", violations);
        return null;
    }

    private static @Nullable Double decimal(Field field, Object given, List<Violation> violations) {
        if (given instanceof Number number && Double.isFinite(number.doubleValue())) {
            return inRange(field, new BigDecimal(number.toString()), violations) ? (Double) number.doubleValue() : null;
        }
        wrong(field, "a number", violations);
        return null;
    }

    private static boolean inRange(Field field, BigDecimal value, List<Violation> violations) {
        if (field.minimum().isPresent()
                && value.compareTo(BigDecimal.valueOf(field.minimum().get())) < 0) {
            wrong(field, field.minimum().get() + " or more", violations);
            return false;
        }
        if (field.maximum().isPresent()
                && value.compareTo(BigDecimal.valueOf(field.maximum().get())) > 0) {
            wrong(field, field.maximum().get() + " or less", violations);
            return false;
        }
        return true;
    }

    private static @Nullable Boolean flag(Field field, Object given, List<Violation> violations) {
        if (given instanceof Boolean flag) {
            return flag;
        }
        wrong(field, "true or false", violations);
        return null;
    }

    private static @Nullable List<String> texts(Field field, Object given, List<Violation> violations) {
        if (!(given instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            wrong(field, "a list of texts", violations);
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Object element : list) {
            String text = text(field, element, violations);
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
            wrong(field, "an object whose values are texts", violations);
            return null;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String text = text(field, entry.getValue(), violations);
            if (text == null) {
                return null;
            }
            texts.put((String) entry.getKey(), text);
        }
        return texts;
    }

    private static @Nullable List<Values> objects(Field field, Object given, List<Violation> violations) {
        if (!(given instanceof List<?> list)) {
            wrong(field, "a list of objects", violations);
            return null;
        }
        Form form = field.form().orElseThrow();
        List<Values> result = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof Map<?, ?> map)) {
                wrong(field, "a list of objects", violations);
                return null;
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

    /** Notes the violation; the null is for those who answer a text. */
    private static @Nullable String wrong(Field field, String expected, List<Violation> violations) {
        violations.add(new Violation(field.name(), "must be " + expected));
        return null;
    }
}
