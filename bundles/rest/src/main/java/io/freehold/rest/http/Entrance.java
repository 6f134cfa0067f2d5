package io.freehold.rest.http;

import io.freehold.api.ErrorCode;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Principal;
import io.freehold.rest.limit.RateLimits;
import io.freehold.rest.limit.RefusedRequests;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Asks a gate who comes, and counts everybody who asks, whatever the gate says. */
public final class Entrance {
    private final RateLimits limits;
    private final RefusedRequests refused;

    /**
     * @param limits how many requests each caller has
     * @param refused records who wants more
     */
    public Entrance(RateLimits limits, RefusedRequests refused) {
        this.limits = limits;
        this.refused = refused;
    }

    /**
     * Who asks, counted as that; whom the gate refuses is counted by the address.
     *
     * @throws io.freehold.api.FreeholdException as the gate says, or if there were too many requests
     */
    Caller pass(Request request, Response response, Gate gate) {
        Caller caller;
        try {
            caller = gate.pass(request, RequestContext.of(request).origin());
        } catch (RuntimeException e) {
            countStranger(request, response);
            throw e;
        }
        refuseAfter(limits.take(caller.principal(), response.getHeaders()), caller);
        return caller;
    }

    /** Lets in who needs no credential, counted by the address unless what is behind counts by itself. */
    void open(Request request, Response response, Gate gate) {
        try {
            gate.open(request);
        } catch (RuntimeException e) {
            countStranger(request, response);
            throw e;
        }
        if (!OpenRoutes.limitsItself(request.getHttpURI().getPath())) {
            countStranger(request, response);
        }
    }

    private void countStranger(Request request, Response response) {
        Origin origin = RequestContext.of(request).origin();
        refuseAfter(
                limits.takeAnonymous(origin.source(), response.getHeaders()),
                new Caller(Principal.ANONYMOUS, "anonymous", null, origin));
    }

    private void refuseAfter(long seconds, Caller caller) {
        if (seconds > 0) {
            refused.record(caller);
            throw new Refusal(Problem.of(
                            429,
                            ErrorCode.RATE_LIMITED.name(),
                            "These were too many requests in a minute: try again in " + seconds + " s.")
                    .header("Retry-After", Long.toString(seconds)));
        }
    }
}
