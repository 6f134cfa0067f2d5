package io.freehold.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void readsEveryKindOfValue() {
        assertThat(Json.object("""
                {"text": "a\\"\\\\\\/\\n\\u00e9", "whole": -12, "broken": 1.5e3, "yes": true, "no": false, "list": [1, [], {}]}
                """))
                .isEqualTo(Map.of(
                        "text",
                        "a\"\\/\né",
                        "whole",
                        -12L,
                        "broken",
                        1500.0,
                        "yes",
                        true,
                        "no",
                        false,
                        "list",
                        List.of(1L, List.of(), Map.of())));
    }

    @Test
    void readsNull() {
        assertThat(Json.parse(" null ")).isNull();
    }

    @Test
    void keepsTheOrderOfNames() {
        assertThat(Json.object("{\"b\":1,\"a\":2}").keySet().toString()).isEqualTo("[b, a]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\" 1}",
                "{\"a\":1,}",
                "{a:1}",
                "\"open",
                "\"\\x\"",
                "\"\\u12\"",
                "01",
                "1.",
                "+1",
                "nul",
                "[1] 2",
                "\"tab\there\"",
                "'a'"
            })
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not JSON at character");
    }

    @Test
    void refusesNestingThatWouldOverflowTheStack() {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000))).hasMessageEndingWith("too deep");
    }

    @Test
    void quotesWhatItReadsBack() {
        String text = "a \"quote\", a \\, a\nline and a \u0001";
        assertThat(Json.parse(Json.quote(text))).isEqualTo(text);
    }
}
