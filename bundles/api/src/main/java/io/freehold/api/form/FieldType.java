package io.freehold.api.form;

/** What a field holds, and so how it is checked and shown. */
public enum FieldType {
    /** One line of text. */
    TEXT,
    /** Text of many lines, such as a certificate. */
    MULTILINE,
    /** A password or key: stored encrypted, never answered. May have many lines. */
    SECRET,
    /** A whole number of 64 bits. */
    INTEGER,
    /** A number. */
    DECIMAL,
    /** Yes or no. */
    BOOLEAN,
    /** One of {@link Field#choices()}. */
    CHOICE,
    /** A list of texts. */
    TEXTS,
    /** Names with texts, such as environment variables. */
    TEXT_MAP,
    /** A list of objects, each described by {@link Field#form()}. */
    OBJECTS
}
