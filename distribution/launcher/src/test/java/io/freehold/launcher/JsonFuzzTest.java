package io.freehold.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.provider.ValueSource;

/** A text is one JSON value or refused; whatever is quoted reads as it was. */
class JsonFuzzTest {
    @ValueSource(
            strings = {
                "{\"a\":[1,-2.5e3,true,null,\"\\u00e9\\n\"],\"a\":{}}",
                "[[[[]]]]",
                "999999999999999999999",
                "{\"bundles\":[{\"id\":\"a:b:1\",\"start-level\":3}]}"
            })
    @FuzzTest
    void textIsOneValueOrRefused(@NotNull String text) {
        assertThat(Json.parse(Json.quote(text))).isEqualTo(text);
        assertThat(Json.parse("{" + Json.quote(text) + ":[" + Json.quote(text) + "]}"))
                .isEqualTo(Map.of(text, List.of(text)));
        try {
            Object value = Json.parse(text);
            if (value instanceof String string) {
                assertThat(Json.parse(Json.quote(string))).isEqualTo(string);
            }
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("not JSON");
        }
    }
}
