package io.freehold.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.MessageFormatter;

/** A secret shows its text to nobody who does not ask for it by name. */
class SecretTest {
    private static final Secret SECRET = Secret.of("hunter2");

    /** Something that holds one. */
    private record Holder(String name, Secret password) {}

    @Test
    void itsTextIsMaskedWhereverItIsShown() {
        assertThat(List.of(
                        SECRET.toString(),
                        "" + SECRET,
                        String.format("%s", SECRET),
                        List.of(SECRET).toString(),
                        new Holder("ann", SECRET).toString(),
                        MessageFormatter.format("{} {}", SECRET, List.of(SECRET))
                                .getMessage()))
                .allSatisfy(text -> assertThat(text).contains("******").doesNotContain("hunter2"));
        assertThat(SECRET.reveal()).isEqualTo("hunter2");
    }

    @Test
    void secretsAreEqualByTheirTextAndTellNothingByTheirHash() {
        assertThat(SECRET).isEqualTo(Secret.of("hunter2")).isNotEqualTo(Secret.of("hunter3"));
        assertThat(SECRET.hashCode()).isEqualTo(Secret.of("something else").hashCode());
    }
}
