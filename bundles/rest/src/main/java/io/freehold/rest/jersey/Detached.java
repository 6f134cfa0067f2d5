package io.freehold.rest.jersey;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * An entity that goes on after the resource method has returned, on no thread: a stream of events. Jersey
 * sends status and headers; the rest is the entity's own.
 */
public interface Detached {
    /**
     * Takes the answer over.
     *
     * @param callback to complete once, when the stream has ended
     */
    void start(Request request, Response response, Callback callback);
}
