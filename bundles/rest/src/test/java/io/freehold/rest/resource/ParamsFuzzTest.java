package io.freehold.rest.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.PageRequest;
import io.freehold.api.instance.State;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters of paths, queries and preferences are read or refused, naming them; what is refused is never guessed. */
class ParamsFuzzTest {
    @ValueSource(
            strings = {
                "00000000-0000-0000-0000-00000000000A",
                "200",
                "1000",
                "1001",
                "-1",
                "+7",
                "٣",
                "running",
                "wait=30; x, respond-async",
                "2026-01-31T12:00:00+01:00",
                "+999999999-12-31T23:59:59.999999999-18:00",
                "wait = \"5\""
            })
    @FuzzTest
    void parameterIsReadOrRefused(@NotNull String text) {
        UUID id = read(() -> Params.uuid("id", text), ErrorCode.INVALID);
        if (id != null) {
            assertThat(id.toString()).isEqualToIgnoringCase(text);
            assertThat(read(() -> Params.id(text, "thing"), ErrorCode.NOT_FOUND))
                    .isEqualTo(id);
        } else {
            assertThat(read(() -> Params.id(text, "thing"), ErrorCode.NOT_FOUND))
                    .isNull();
        }
        Integer limit = read(() -> Params.page(text, text).limit(), ErrorCode.INVALID);
        if (limit != null) {
            assertThat(limit).isBetween(1, PageRequest.MAX_LIMIT);
        }
        State state = read(() -> Params.choice("state", text, State.class), ErrorCode.INVALID);
        if (state != null) {
            assertThat(Set.of(State.values())).contains(state);
        }
        Instant time = read(() -> Params.time("from", text), ErrorCode.INVALID);
        if (time != null) {
            assertThat(time.toEpochMilli()).isNotEqualTo(Long.MIN_VALUE);
        }
        assertThat(OperationAnswers.wait(text)).isBetween(0, 120);
    }

    private static <T> T read(Supplier<T> reading, ErrorCode refusal) {
        try {
            return reading.get();
        } catch (FreeholdException e) {
            assertThat(e.code()).isEqualTo(refusal);
            return null;
        }
    }
}
