package io.freehold.rest.http;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request beside its bytes.
 *
 * @param origin where it came from, and its id
 * @param caller who asks; null on the routes that are open to everybody
 */
public record RequestContext(Origin origin, @Nullable Caller caller) {
    private static final String ATTRIBUTE = "io.freehold.rest.context";

    /** Says who asks. */
    public RequestContext with(Caller authenticated) {
        return new RequestContext(origin, authenticated);
    }

    /**
     * Who asks.
     *
     * @throws FreeholdException {@code UNAUTHENTICATED} on a route that was left open by mistake
     */
    public Caller requireCaller() {
        if (caller == null) {
            throw new FreeholdException(ErrorCode.UNAUTHENTICATED, "Sign in first.");
        }
        return caller;
    }

    void attachTo(Request request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** The context that the front handler gave the request. */
    public static RequestContext of(Request request) {
        if (request.getAttribute(ATTRIBUTE) instanceof RequestContext context) {
            return context;
        }
        throw new IllegalStateException("The request did not come through the front handler");
    }
}
