package io.freehold.api.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freehold.api.FreeholdException;
import io.freehold.api.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormTest {
    private final Form form = Form.of(
            Field.of("url", FieldType.TEXT).required().pattern("\\w+://.+", "an address such as tcp://host:2376"),
            Field.of("key", FieldType.SECRET),
            Field.of("retries", FieldType.INTEGER).range(0, 10).fallback(3L),
            Field.choice("policy", List.of("no", "always")),
            Field.objects("mounts", Form.of(Field.of("target", FieldType.TEXT).required())));

    @Test
    void typedValuesComeOutAndFallbacksAreFilledIn() {
        Values values =
                form.read(Map.of("url", "tcp://a:1", "key", "hidden", "mounts", List.of(Map.of("target", "/data"))));

        assertThat(values.text("url")).contains("tcp://a:1");
        assertThat(values.integer("retries")).contains(3L);
        assertThat(values.objects("mounts").get(0).text("target")).contains("/data");
        assertThat(values.asMap().toString()).doesNotContain("hidden");
    }

    @Test
    void everyValueThatIsNotAcceptableIsNamedAtOnce() {
        assertThat(fieldsRefused(Map.of(
                        "url", "nothing",
                        "retries", 11,
                        "policy", "perhaps",
                        "mounts", List.of(Map.of("targe", "/x")),
                        "colour", "red")))
                .containsExactlyInAnyOrder("url", "retries", "policy", "mounts[0].target", "mounts[0].targe", "colour");
    }

    @Test
    void aValueOfTheWrongTypeIsRefusedOnce() {
        assertThat(fieldsRefused(Map.of("url", 1, "key", 2, "retries", "3", "mounts", "none")))
                .containsExactly("url", "key", "retries", "mounts");
    }

    @Test
    void aFractionIsNoWholeNumberAndAHugeNumberIsNotCutShort() {
        assertThat(fieldsRefused(Map.of("url", "a://b", "retries", 1.5))).containsExactly("retries");
        assertThat(fieldsRefused(Map.of("url", "a://b", "retries", 1e30))).containsExactly("retries");
    }

    @Test
    void aRequiredFieldThatIsLeftOutIsNamed() {
        assertThat(fieldsRefused(Map.of())).containsExactly("url");
    }

    private List<String> fieldsRefused(Map<String, ?> input) {
        FreeholdException refused = catchThrowableOfType(FreeholdException.class, () -> form.read(input));
        return refused.violations().stream().map(Violation::field).toList();
    }
}
