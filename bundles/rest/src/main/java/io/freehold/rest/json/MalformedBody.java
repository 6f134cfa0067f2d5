package io.freehold.rest.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A body that cannot be read: not JSON, an unknown field, a value of the wrong type. */
public final class MalformedBody extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String field;

    MalformedBody(@Nullable String field, String message) {
        super(message);
        this.field = field;
    }

    /** The path of the field that is wrong, as in {@code ports[0].port}; null if it is the text itself. */
    public @Nullable String field() {
        return field;
    }

    static MalformedBody of(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return new MalformedBody(path(unknown.getPath()), "is not a known field");
        }
        if (e instanceof TextDeserializer.NoCharacter none) {
            return new MalformedBody(path(none.getPath()), none.getOriginalMessage());
        }
        if (e instanceof MismatchedInputException mismatch
                && !mismatch.getPath().isEmpty()) {
            return new MalformedBody(path(mismatch.getPath()), "has the wrong type");
        }
        if (e instanceof StreamConstraintsException) {
            return new MalformedBody(null, "the JSON is nested too deeply, or a number or name in it is too long");
        }
        String problem = e.getOriginalMessage().startsWith("Duplicate field")
                ? "a field appears twice in one object"
                : e instanceof MismatchedInputException ? "this is not the JSON that is expected" : "this is not JSON";
        JsonLocation at = e.getLocation();
        return new MalformedBody(
                null,
                at == null ? problem : problem + " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")");
    }

    private static String path(List<JsonMappingException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.length() == 0 ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }
}
