package io.freehold.rest.http;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Principal;
import io.freehold.rest.limit.RateLimits;
import io.freehold.rest.limit.RefusedRequests;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.MDC;

/**
 * Everything under {@code /api/v1/}, for whichever listener it came through: says who asks, takes the body
 * in, and hands over to the WebSockets or to the resources.
 */
public final class Api implements Routed {
    public static final String BASE = "/api/v1/";

    private static final Bodies.Patience PATIENCE = new Bodies.Patience(20_000, 32 << 10);
    private static final String PLUGINS = BASE + "plugins";

    private final Problems problems;
    private final WebSocketRoute webSockets;
    private final Resources resources;
    private final Consumer<Caller> uploads;
    private final Bodies bodies;
    private final RateLimits limits;
    private final RefusedRequests refused;

    /** Opens WebSockets. */
    public interface WebSocketRoute extends Routed {
        /** Takes the request if its path is a WebSocket's. */
        boolean open(Request request, Response response, Callback callback, RequestContext context);
    }

    /** Answers everything else. */
    public interface Resources extends Routed {
        /**
         * Answers a request.
         *
         * @param body is there until the callback is completed
         */
        void answer(Request request, Response response, Callback callback, RequestContext context, Body body);
    }

    /**
     * @param uploads refuses callers who may not upload plugins, before the first byte of one is read
     * @param limits how many requests each caller has
     * @param refused records who wants more
     * @param folder where uploads are kept while they arrive and are answered
     */
    public Api(
            Problems problems,
            WebSocketRoute webSockets,
            Resources resources,
            Consumer<Caller> uploads,
            RateLimits limits,
            RefusedRequests refused,
            Path folder) {
        this(problems, webSockets, resources, uploads, limits, refused, new Bodies(folder, PATIENCE));
    }

    Api(
            Problems problems,
            WebSocketRoute webSockets,
            Resources resources,
            Consumer<Caller> uploads,
            RateLimits limits,
            RefusedRequests refused,
            Bodies bodies) {
        this.limits = limits;
        this.refused = refused;
        this.problems = problems;
        this.webSockets = webSockets;
        this.resources = resources;
        this.uploads = uploads;
        this.bodies = bodies;
    }

    /** The API as a handler whose clients come through the given gate. */
    public RoutedHandler behind(Gate gate) {
        return new ApiHandler(this, gate);
    }

    @Override
    public List<Route> routes() {
        return Stream.concat(webSockets.routes().stream(), resources.routes().stream())
                .toList();
    }

    /** Answers a request for something under {@link #BASE}; false for anything else. */
    public boolean handle(Request request, Response response, Callback callback, Gate gate) {
        if (!request.getHttpURI().getPath().startsWith(BASE)) {
            return false;
        }
        try {
            RequestContext context = known(request, response, gate);
            if (!WebSockets.asked(request) || !webSockets.open(request, response, callback, context)) {
                takeBody(request, response, callback, context);
            }
        } catch (RuntimeException e) {
            if (hasBody(request)) {
                // It is not read, so the connection cannot be used again.
                response.getHeaders().put(HttpHeader.CONNECTION, "close");
            }
            problems.write(request, response, callback, problem(e));
        }
        return true;
    }

    private static Problem problem(Throwable cause) {
        return cause instanceof Refusal refusal ? refusal.problem() : Problems.of(cause);
    }

    /** Says who asks, and counts that; on open routes that is the client's address. */
    private RequestContext known(Request request, Response response, Gate gate) {
        RequestContext context = RequestContext.of(request);
        Origin origin = context.origin();
        String path = request.getHttpURI().getPath();
        if (OpenRoutes.contains(request.getMethod(), path)) {
            gate.open(request);
            if (!OpenRoutes.limitsItself(path)) {
                refuseAfter(limits.takeAnonymous(origin.source(), response.getHeaders()), nobody(origin));
            }
            return context;
        }
        try {
            Caller caller = gate.pass(request, origin);
            refuseAfter(limits.take(caller.principal(), response.getHeaders()), caller);
            return context.with(caller);
        } catch (FreeholdException e) {
            if (e.code() == ErrorCode.UNAUTHENTICATED) {
                refuseAfter(limits.takeAnonymous(origin.source(), response.getHeaders()), nobody(origin));
            }
            throw e;
        }
    }

    private static Caller nobody(Origin origin) {
        return new Caller(Principal.ANONYMOUS, "anonymous", null, origin);
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

    private static boolean hasBody(Request request) {
        return request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > 0
                || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    private static boolean isUpload(String method, String path) {
        boolean all = path.length() == PLUGINS.length();
        boolean one = path.lastIndexOf('/') == PLUGINS.length();
        return path.startsWith(PLUGINS) && ((all && method.equals("POST")) || (one && method.equals("PUT")));
    }

    private void takeBody(Request request, Response response, Callback callback, RequestContext context) {
        boolean upload = isUpload(request.getMethod(), request.getHttpURI().getPath());
        if (upload) {
            uploads.accept(context.requireCaller());
        }
        CompletableFuture<Body> body = bodies.read(request, upload ? Bodies.Kind.JAR : Bodies.Kind.JSON);
        if (body.isDone()) {
            proceed(request, response, callback, context, body);
            return;
        }
        // Completed by the thread that reads sockets: it must go on reading them.
        var unused = body.handleAsync(
                (bytes, failure) -> {
                    MDC.put("requestId", context.origin().requestId());
                    try {
                        proceed(request, response, callback, context, body);
                    } finally {
                        MDC.remove("requestId");
                    }
                    return bytes;
                },
                request.getComponents().getExecutor());
    }

    private void proceed(
            Request request,
            Response response,
            Callback callback,
            RequestContext context,
            CompletableFuture<Body> body) {
        Body arrived;
        try {
            arrived = body.join();
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            // What is left of the body is not read, so the connection cannot be used again.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            problems.write(request, response, callback, problem(cause));
            return;
        }
        resources.answer(request, response, Callback.from(callback, arrived::close), context, arrived);
    }
}
