package io.freehold.core;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freehold.api.FreeholdException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Catches refusals. */
final class Refusals {
    private Refusals() {}

    /** How a call is refused; fails the test if it is not. */
    static FreeholdException refusal(ThrowingCallable call) {
        FreeholdException refusal = catchThrowableOfType(FreeholdException.class, call);
        if (refusal == null) {
            throw new AssertionError("it was not refused");
        }
        return refusal;
    }
}
