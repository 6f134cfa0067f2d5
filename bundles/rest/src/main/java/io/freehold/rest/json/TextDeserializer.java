package io.freehold.rest.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;

/**
 * Reads strings and refuses those with U+0000, which PostgreSQL cannot store, and with half of a pair of surrogates,
 * which is no character and which writers of UTF-8 make different things of. No text needs either.
 */
final class TextDeserializer extends StringDeserializer {
    private static final long serialVersionUID = 1L;

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = super.deserialize(parser, context);
        if (text.indexOf('\0') >= 0) {
            throw new NoCharacter(parser, "has the character U+0000, which no text may have");
        }
        if (text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw new NoCharacter(parser, "has half of a pair of surrogates, which is no character");
        }
        return text;
    }

    /** There is something in a string that no text has. */
    static final class NoCharacter extends JsonMappingException {
        private static final long serialVersionUID = 1L;

        private NoCharacter(JsonParser parser, String problem) {
            super(parser, problem);
        }
    }
}
