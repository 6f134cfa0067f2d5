package io.freehold.rest.http;

import io.freehold.api.security.Caller;
import io.freehold.api.security.Principal;
import io.freehold.rest.json.Json;
import io.freehold.rest.limit.RateLimits;
import io.freehold.rest.limit.RefusedRequests;
import io.freehold.rest.memory.Memory;
import io.freehold.rest.proxy.TrustedProxies;
import java.util.List;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/** The API with nothing behind it but what a test answers. */
final class BareApi {
    private BareApi() {}

    /** Has the server answer every request so, for the owner. */
    static void serve(Server server, Problems problems, Bodies bodies, Answers answers) {
        Api api = new Api(
                problems,
                new NoWebSocket(),
                new Answering(answers),
                caller -> {},
                new OpenRoutes(true),
                new Entrance(new RateLimits(0, 0), new RefusedRequests(new Memory().audit, System::nanoTime)),
                bodies);
        server.setHandler(FrontHandler.of(
                new RoutedHandlers(
                        problems, api.behind((request, origin) -> new Caller(Principal.OWNER, "owner", null, origin))),
                problems,
                request -> true,
                TrustedProxies.NONE,
                Cors.NONE));
    }

    static Problems problems() {
        return new Problems(new Json());
    }

    /** What is answered. */
    interface Answers {
        void answer(Request request, Response response, Callback callback, RequestContext context, Body body);
    }

    private record NoWebSocket() implements Api.WebSocketRoute {
        @Override
        public boolean open(Request request, Response response, Callback callback, RequestContext context) {
            return false;
        }

        @Override
        public List<Route> routes() {
            return List.of();
        }
    }

    private record Answering(Answers answers) implements Api.Resources {
        @Override
        public void answer(Request request, Response response, Callback callback, RequestContext context, Body body) {
            answers.answer(request, response, callback, context, body);
        }

        @Override
        public List<Route> routes() {
            return List.of();
        }
    }
}
