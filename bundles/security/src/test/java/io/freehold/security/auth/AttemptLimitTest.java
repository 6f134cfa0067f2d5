package io.freehold.security.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AttemptLimitTest {
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private Instant now = Instant.EPOCH;
    private final InstantSource time = () -> now;
    private final AttemptLimit limit = new AttemptLimit(3, WINDOW, Duration.ZERO, time.withZone(ZoneOffset.UTC));

    @Test
    void aKeyIsForgottenOnceItsFailuresAreOutsideOfTheWindow() {
        limit.begin("first").failed();
        now = now.plus(WINDOW.dividedBy(2));
        limit.begin("second").failed();
        assertThat(limit.keys()).isEqualTo(2);

        now = now.plus(WINDOW.dividedBy(2));
        limit.begin("second").failed();
        assertThat(limit.keys()).isEqualTo(1);
    }

    @Test
    void anErrorWhileAnAttemptIsEvaluatedGivesItsPlaceBack() {
        for (int i = 0; i < 10; i++) {
            AttemptLimit.Attempt attempt = limit.begin("first");
            assertThatThrownBy(() -> attempt.run(() -> {
                        throw new OutOfMemoryError("no heap for a hash");
                    }))
                    .isInstanceOf(OutOfMemoryError.class);
        }
        assertThat(limit.begin("first")).isNotNull();
    }

    @Test
    void aKeyIsKeptWhileAnAttemptIsOpen() {
        AttemptLimit.Attempt open = limit.begin("first");
        now = now.plus(WINDOW);
        limit.begin("second").passed();
        assertThat(limit.keys()).isEqualTo(2);
        open.failed();
        now = now.plus(WINDOW);
        limit.begin("second").passed();
        assertThat(limit.keys()).isEqualTo(1);
    }
}
