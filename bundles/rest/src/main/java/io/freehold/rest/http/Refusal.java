package io.freehold.rest.http;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;

/** A request that is not taken, and what the client is told. */
final class Refusal extends FreeholdException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Refusal(Problem problem) {
        super(ErrorCode.MALFORMED, problem.detail());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
