package io.freehold.api.form;

import io.freehold.api.FreeholdException;
import io.freehold.api.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What somebody is asked to fill in, in the order shown.
 *
 * @param fields the fields; names differ
 */
public record Form(List<Field> fields) {
    public Form {
        fields = List.copyOf(fields);
    }

    /** A form of the given fields. */
    public static Form of(Field... fields) {
        return new Form(List.of(fields));
    }

    /**
     * Checks input and turns it into typed values, with fallbacks filled in.
     *
     * @param input names with JSON values: String, Number, Boolean, List, Map, null
     * @throws FreeholdException {@code INVALID} with every value that is not acceptable, unknown names among them
     */
    public Values read(Map<String, ?> input) {
        List<Violation> violations = new ArrayList<>();
        Values values = FormReader.read(this, input, violations);
        if (!violations.isEmpty()) {
            throw FreeholdException.invalid(violations);
        }
        return values;
    }
}
