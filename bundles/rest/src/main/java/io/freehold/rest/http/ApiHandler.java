package io.freehold.rest.http;

import java.util.List;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The API for clients that come through one gate. */
final class ApiHandler extends RoutedHandler {
    private final Api api;
    private final Gate gate;

    ApiHandler(Api api, Gate gate) {
        this.api = api;
        this.gate = gate;
    }

    @Override
    public List<Route> routes() {
        return api.routes();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        return api.handle(request, response, callback, gate);
    }
}
