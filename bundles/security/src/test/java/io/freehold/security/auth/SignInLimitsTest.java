package io.freehold.security.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SignInLimitsTest {
    private final SignInLimits limits = new SignInLimits(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    private void fail(String name, String source, boolean known) {
        limits.begin(name, Source.of(source), known).failed();
    }

    private void assertLimited(String name, String source) {
        assertThatThrownBy(() -> limits.begin(name, Source.of(source), false))
                .isInstanceOfSatisfying(FreeholdException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                    assertThat(refusal.retryAfter()).hasValue(SignInLimits.WINDOW);
                });
    }

    @Test
    void aSourceMayFailFiftyTimesWhateverTheNames() {
        for (int i = 0; i < 50; i++) {
            fail("name" + i, "2001:db8::" + i, false);
        }
        assertLimited("name51", "2001:db8::ffff");
        fail("name51", "2001:db8:0:1::1", false);
        // Where an account is known, the limit on the source does not keep it out.
        fail("name51", "2001:db8::ffff", true);
    }

    @Test
    void anAttemptThatTheAccountsLimitStopsCostsTheSourceNothing() {
        for (int i = 0; i < 10; i++) {
            fail("ada", "192.0.2." + i, false);
        }
        for (int i = 0; i < 60; i++) {
            assertLimited("ada", "198.51.100.1");
        }
        fail("bob", "198.51.100.1", false);
    }
}
