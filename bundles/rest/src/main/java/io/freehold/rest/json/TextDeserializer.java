package io.freehold.rest.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;

/** Reads strings and refuses those with U+0000, which PostgreSQL cannot store and no text needs. */
final class TextDeserializer extends StringDeserializer {
    private static final long serialVersionUID = 1L;

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = super.deserialize(parser, context);
        if (text.indexOf('\0') >= 0) {
            throw new ZeroCharacter(parser);
        }
        return text;
    }

    /** There is a U+0000 in a string. */
    static final class ZeroCharacter extends JsonMappingException {
        private static final long serialVersionUID = 1L;

        private ZeroCharacter(JsonParser parser) {
            super(parser, "U+0000");
        }
    }
}
