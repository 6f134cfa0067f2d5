package io.freehold.rest;

import io.freehold.rest.http.Api;
import io.freehold.rest.http.Body;
import io.freehold.rest.http.RequestContext;
import io.freehold.rest.http.Route;
import io.freehold.rest.jersey.JerseyHandler;
import io.freehold.rest.plugin.Mounted;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The resources of plugins at their own paths, and everywhere else those of Freehold itself. */
record Applications(JerseyHandler core, Mounted plugins) implements Api.Resources {
    @Override
    public void answer(Request request, Response response, Callback callback, RequestContext context, Body body) {
        plugins.find(request.getHttpURI().getPath()).orElse(core).answer(request, response, callback, context, body);
    }

    @Override
    public List<Route> routes() {
        return Stream.concat(core.routes().stream(), plugins.routes().stream()).toList();
    }
}
