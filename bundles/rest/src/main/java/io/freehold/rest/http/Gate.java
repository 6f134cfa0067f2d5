package io.freehold.rest.http;

import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import org.eclipse.jetty.server.Request;

/** Says who asks. Each way in has its own. */
@FunctionalInterface
public interface Gate {
    /**
     * Who asks.
     *
     * @throws io.freehold.api.FreeholdException {@code UNAUTHENTICATED} without a good credential
     */
    Caller pass(Request request, Origin origin);

    /**
     * Looks at a request of a route that needs no credential.
     *
     * @throws io.freehold.api.FreeholdException {@code DENIED} if a page of somebody else makes it
     */
    default void open(Request request) {}
}
