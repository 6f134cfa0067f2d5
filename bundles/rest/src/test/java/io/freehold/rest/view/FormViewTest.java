package io.freehold.rest.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.form.Field;
import io.freehold.api.form.FieldType;
import io.freehold.api.form.Form;
import io.freehold.rest.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormViewTest {
    private static String json(Field field) {
        String schema = new Json().text(FormView.schema(Form.of(field)));
        return schema.substring(
                schema.indexOf("\"" + field.name() + "\":") + field.name().length() + 3,
                schema.indexOf("},\"additional"));
    }

    @Test
    void aFormIsAClosedObject() {
        assertThat(new Json()
                        .text(FormView.schema(
                                Form.of(Field.of("a", FieldType.TEXT).required()))))
                .isEqualTo(
                        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\",\"properties\":"
                                + "{\"a\":{\"type\":\"string\",\"title\":\"a\"}},\"required\":[\"a\"],\"additionalProperties\":false}");
    }

    @Test
    void fieldsSayWhatTheyTake() {
        assertThat(json(Field.of("n", FieldType.INTEGER)
                        .range(1, 9)
                        .fallback(3L)
                        .title("N")
                        .help("How many.")))
                .contains(
                        "\"type\":\"integer\",\"title\":\"N\",\"description\":\"How many.\",\"minimum\":1,\"maximum\":9,\"default\":3");
        assertThat(json(Field.of("t", FieldType.TEXT).range(2, 5).pattern("a|b", "a or b")))
                .contains("\"minLength\":2,\"maxLength\":5,\"pattern\":\"^(?:a|b)$\"");
        assertThat(json(Field.choice("c", List.of("x", "y")).fallback("x")))
                .contains("\"type\":\"string\"", "\"enum\":[\"x\",\"y\"]", "\"default\":\"x\"");
        assertThat(json(Field.of("f", FieldType.BOOLEAN))).contains("\"type\":\"boolean\"");
        assertThat(json(Field.of("l", FieldType.TEXTS)))
                .contains("\"type\":\"array\"", "\"items\":{\"type\":\"string\"}");
        assertThat(json(Field.of("m", FieldType.TEXT_MAP)))
                .contains("\"type\":\"object\"", "\"additionalProperties\":{\"type\":\"string\"}");
        assertThat(json(Field.objects("o", Form.of(Field.of("i", FieldType.DECIMAL)))))
                .contains("\"items\":{\"type\":\"object\",\"properties\":{\"i\":{\"type\":\"number\"");
    }

    @Test
    void secretsAreWrittenAndNeverRead() {
        assertThat(json(Field.of("s", FieldType.SECRET).fallback("canary")))
                .contains("\"writeOnly\":true")
                .doesNotContain("canary");
    }
}
