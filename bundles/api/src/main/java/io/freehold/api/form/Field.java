package io.freehold.api.form;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One value that a {@link Form} asks for. Immutable; each {@code with}-like method returns another field:
 * {@code Field.of("url", FieldType.TEXT).title("Address").required()}.
 */
public final class Field {
    private final String name;
    private final FieldType type;
    private String title;
    private String help = "";
    private boolean required;
    private @Nullable Object fallback;
    private List<String> choices = List.of();
    private @Nullable Pattern pattern;
    private @Nullable String patternHint;
    private @Nullable Long minimum;
    private @Nullable Long maximum;
    private @Nullable Form form;
    private boolean address;

    private Field(String name, FieldType type) {
        this.name = name;
        this.type = type;
        this.title = name;
    }

    private Field(Field other) {
        this(other.name, other.type);
        title = other.title;
        help = other.help;
        required = other.required;
        fallback = other.fallback;
        choices = other.choices;
        pattern = other.pattern;
        patternHint = other.patternHint;
        minimum = other.minimum;
        maximum = other.maximum;
        form = other.form;
        address = other.address;
    }

    /** A field that need not be filled in. {@code name} is its key in JSON, in camelCase. */
    public static Field of(String name, FieldType type) {
        return new Field(name, type);
    }

    /** One of several texts. */
    public static Field choice(String name, List<String> choices) {
        Field field = new Field(name, FieldType.CHOICE);
        field.choices = List.copyOf(choices);
        return field;
    }

    /** A list of objects that look like the given form. */
    public static Field objects(String name, Form form) {
        Field field = new Field(name, FieldType.OBJECTS);
        field.form = form;
        return field;
    }

    /** What people see beside the field; the name where none is given. */
    public Field title(String value) {
        Field copy = new Field(this);
        copy.title = value;
        return copy;
    }

    /** A sentence under the field. */
    public Field help(String value) {
        Field copy = new Field(this);
        copy.help = value;
        return copy;
    }

    /** The field must be filled in. */
    public Field required() {
        Field copy = new Field(this);
        copy.required = true;
        return copy;
    }

    /** What holds when nothing is filled in: a String, Long, Double, Boolean, List or Map, as the type asks. */
    public Field fallback(Object value) {
        Field copy = new Field(this);
        copy.fallback = value;
        return copy;
    }

    /** Texts must match the whole pattern; the hint says in words what is right. */
    public Field pattern(String regex, String hint) {
        Field copy = new Field(this);
        copy.pattern = Pattern.compile(regex);
        copy.patternHint = hint;
        return copy;
    }

    /** Numbers must lie in the range, texts must have a length in it, lists a size. */
    public Field range(long min, long max) {
        Field copy = new Field(this);
        copy.minimum = min;
        copy.maximum = max;
        return copy;
    }

    /** The field says where the secrets of its form are sent: where it changes, they must be given again. */
    public Field address() {
        Field copy = new Field(this);
        copy.address = true;
        return copy;
    }

    public String name() {
        return name;
    }

    public FieldType type() {
        return type;
    }

    public String title() {
        return title;
    }

    public String help() {
        return help;
    }

    public boolean isRequired() {
        return required;
    }

    public Optional<Object> fallback() {
        return Optional.ofNullable(fallback);
    }

    /** What a {@link FieldType#CHOICE} chooses from; empty for the others. */
    public List<String> choices() {
        return choices;
    }

    public Optional<Pattern> pattern() {
        return Optional.ofNullable(pattern);
    }

    /** In words what {@link #pattern()} accepts. */
    public Optional<String> patternHint() {
        return Optional.ofNullable(patternHint);
    }

    public Optional<Long> minimum() {
        return Optional.ofNullable(minimum);
    }

    public Optional<Long> maximum() {
        return Optional.ofNullable(maximum);
    }

    /** Whether it says where the secrets of its form are sent. */
    public boolean isAddress() {
        return address;
    }

    /** What each object of an {@link FieldType#OBJECTS} field looks like. */
    public Optional<Form> form() {
        return Optional.ofNullable(form);
    }
}
