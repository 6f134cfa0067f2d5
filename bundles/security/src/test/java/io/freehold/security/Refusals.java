package io.freehold.security;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a refusal says. */
final class Refusals {
    private Refusals() {}

    static FreeholdException refusal(ThrowingCallable call) {
        FreeholdException refusal = catchThrowableOfType(FreeholdException.class, call);
        Assertions.assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }

    static AbstractThrowableAssert<?, FreeholdException> assertRefused(ThrowingCallable call, ErrorCode code) {
        FreeholdException refusal = refusal(call);
        Assertions.assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        return Assertions.assertThat(refusal);
    }

    static void assertRefused(ThrowingCallable call, ErrorCode code, String reason) {
        FreeholdException refusal = refusal(call);
        Assertions.assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        Assertions.assertThat(refusal.reason()).isEqualTo(reason);
    }

    static void assertInvalid(ThrowingCallable call, String field) {
        FreeholdException refusal = refusal(call);
        Assertions.assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(ErrorCode.INVALID);
        Assertions.assertThat(refusal.violations()).extracting("field").contains(field);
    }

    static Optional<Duration> retryAfter(ThrowingCallable call) {
        FreeholdException refusal = refusal(call);
        Assertions.assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(ErrorCode.RATE_LIMITED);
        return refusal.retryAfter();
    }
}
