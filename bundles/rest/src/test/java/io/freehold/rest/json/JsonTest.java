package io.freehold.rest.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    private final Json json = new Json();

    /** As a resource reads it. */
    record Body(String name, List<String> tags, Map<String, String> labels) {}

    private Body read(String text) {
        return json.read(text.getBytes(StandardCharsets.UTF_8), Body.class);
    }

    private void assertRefused(String text, String field) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(MalformedBody.class, refusal -> assertThat(refusal.field())
                        .isEqualTo(field))
                .hasMessageContaining("U+0000");
    }

    @Test
    void aTextWithTheCharacterZeroIsRefusedByTheNameOfItsField() {
        assertRefused("{\"name\": \"a\\u0000b\"}", "name");
        assertRefused("{\"tags\": [\"x\", \"\\u0000\"]}", "tags[1]");
        assertRefused("{\"labels\": {\"a\": \"\\u0000\"}}", "labels.a");
    }

    @Test
    void halfOfAPairOfSurrogatesIsRefusedByTheNameOfItsField() {
        for (String half : new String[] {"\\ud800", "\\udfff", "\\ud800x", "\\udc00\\ud800"}) {
            assertThatThrownBy(() -> read("{\"tags\": [\"" + half + "\"]}"))
                    .as(half)
                    .isInstanceOfSatisfying(MalformedBody.class, refusal -> assertThat(refusal.field())
                            .isEqualTo("tags[0]"))
                    .hasMessageContaining("surrogates");
        }
        assertThat(read("{\"name\": \"\\ud83d\\ude00\"}").name()).isEqualTo("\ud83d\ude00");
    }

    private record Numbers(Long number, Boolean flag) {}

    @Test
    void blankTextsAreNeitherNumbersNorTruthValues() {
        for (String blank : new String[] {"", " ", "\\t", "\\u0000", "\\u0001"}) {
            for (String field : new String[] {"number", "flag"}) {
                byte[] body = ("{\"" + field + "\": \"" + blank + "\"}").getBytes(StandardCharsets.UTF_8);
                assertThatThrownBy(() -> json.read(body, Numbers.class))
                        .as(field + " '" + blank + "'")
                        .isInstanceOf(MalformedBody.class);
            }
        }
    }

    @Test
    void aTextMayHaveWhatLooksLikeIt() {
        assertThat(read("{\"name\": \"a\\\\u0000\\u0001\"}").name()).isEqualTo("a\\u0000\u0001");
    }
}
