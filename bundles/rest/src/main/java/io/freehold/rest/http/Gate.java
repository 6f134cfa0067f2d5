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
}
