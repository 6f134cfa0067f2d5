package io.freehold.rest.view;

import io.freehold.api.form.Field;
import io.freehold.api.form.FieldType;
import io.freehold.api.form.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Forms as JSON Schema (2020-12). */
public final class FormView {
    private FormView() {}

    /** The schema of a whole form. */
    public static Map<String, Object> schema(Form form) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.putAll(object(form));
        return schema;
    }

    private static Map<String, Object> object(Form form) {
        Map<String, Object> properties = new LinkedHashMap<>();
        form.fields().forEach(field -> properties.put(field.name(), property(field)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        List<String> required = form.fields().stream()
                .filter(Field::isRequired)
                .map(Field::name)
                .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> property(Field field) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type(field.type()));
        schema.put("title", field.title());
        if (!field.help().isEmpty()) {
            schema.put("description", field.help());
        }
        switch (field.type()) {
            case SECRET -> {
                schema.put("format", "password");
                schema.put("writeOnly", true);
            }
            case MULTILINE -> schema.put("format", "multiline");
            case CHOICE -> schema.put("enum", field.choices());
            case TEXTS -> schema.put("items", text(field));
            case TEXT_MAP -> schema.put("additionalProperties", text(field));
            case OBJECTS -> field.form().ifPresent(form -> schema.put("items", object(form)));
            case TEXT, INTEGER, DECIMAL, BOOLEAN -> {}
        }
        if (isText(field.type())) {
            schema.putAll(limits(field));
        } else if (field.type() == FieldType.INTEGER || field.type() == FieldType.DECIMAL) {
            field.minimum().ifPresent(min -> schema.put("minimum", min));
            field.maximum().ifPresent(max -> schema.put("maximum", max));
        }
        if (field.type() != FieldType.SECRET) {
            field.fallback().ifPresent(value -> schema.put("default", value));
        }
        return schema;
    }

    private static Map<String, Object> text(Field field) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.putAll(limits(field));
        return schema;
    }

    private static Map<String, Object> limits(Field field) {
        Map<String, Object> limits = new LinkedHashMap<>();
        field.minimum().ifPresent(min -> limits.put("minLength", min));
        field.maximum().ifPresent(max -> limits.put("maxLength", max));
        // JSON Schema searches where a form matches the whole text.
        field.pattern().ifPresent(pattern -> limits.put("pattern", "^(?:" + pattern.pattern() + ")$"));
        return limits;
    }

    private static boolean isText(FieldType type) {
        return type == FieldType.TEXT || type == FieldType.MULTILINE || type == FieldType.SECRET;
    }

    private static String type(FieldType type) {
        return switch (type) {
            case TEXT, MULTILINE, SECRET, CHOICE -> "string";
            case INTEGER -> "integer";
            case DECIMAL -> "number";
            case BOOLEAN -> "boolean";
            case TEXTS, OBJECTS -> "array";
            case TEXT_MAP -> "object";
        };
    }
}
