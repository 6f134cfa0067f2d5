package io.freehold.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import java.util.function.Function;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of scopes, permissions, principals and settings is written as it was, and all else is refused as invalid. */
class NotationFuzzTest {
    @ValueSource(
            strings = {
                "/",
                "/projects/00000000-0000-0000-0000-000000000001",
                "instance:start",
                "user:x",
                "system:owner",
                "42"
            })
    @FuzzTest
    void whatIsReadIsWrittenAsItWas(@NotNull String text) {
        check(text, Scope::parse);
        check(text, Permission::of);
        check(text, Principal::parse);
        refused(() ->
                assertThat(Settings.of(key -> text).integer("key", 7, 1, 99)).isBetween(1, 99));
    }

    private static void check(String text, Function<String, Object> reader) {
        refused(() -> assertThat(reader.apply(text)).hasToString(text));
    }

    private static void refused(Runnable reading) {
        try {
            reading.run();
        } catch (FreeholdException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            assertThat(e.violations()).hasSize(1);
        }
    }
}
