package io.freehold.rest.http;

import io.freehold.api.security.Caller;
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
    /** An eighth of the heap: a body's memory is at most doubled while it grows. */
    private static final long BODIES_BYTES = Runtime.getRuntime().maxMemory() / 8;

    private static final String PLUGINS = BASE + "plugins";

    private final Problems problems;
    private final WebSocketRoute webSockets;
    private final Resources resources;
    private final Consumer<Caller> uploads;
    private final OpenRoutes open;
    private final Bodies bodies;
    private final Entrance entrance;

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
     * @param open what needs no credential
     * @param entrance where everybody is asked who they are, and counted
     * @param folder where uploads are kept while they arrive and are answered
     */
    public Api(
            Problems problems,
            WebSocketRoute webSockets,
            Resources resources,
            Consumer<Caller> uploads,
            OpenRoutes open,
            Entrance entrance,
            Path folder) {
        this(problems, webSockets, resources, uploads, open, entrance, new Bodies(folder, PATIENCE, BODIES_BYTES));
    }

    Api(
            Problems problems,
            WebSocketRoute webSockets,
            Resources resources,
            Consumer<Caller> uploads,
            OpenRoutes open,
            Entrance entrance,
            Bodies bodies) {
        this.open = open;
        this.entrance = entrance;
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
                .map(route -> route.open(open.contains(route.method(), route.path())))
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

    private RequestContext known(Request request, Response response, Gate gate) {
        RequestContext context = RequestContext.of(request);
        if (open.contains(request.getMethod(), request.getHttpURI().getPath())) {
            entrance.open(request, response, gate);
            return context;
        }
        return context.with(entrance.pass(request, response, gate));
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
        Bodies.Kind kind = upload ? Bodies.Kind.JAR : context.caller() == null ? Bodies.Kind.OPEN : Bodies.Kind.JSON;
        CompletableFuture<Body> body = bodies.read(request, kind);
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
        Callback closing = Callback.from(callback, arrived::close);
        try {
            resources.answer(request, response, closing, context, arrived);
        } catch (RuntimeException e) {
            problems.write(request, response, closing, problem(e));
        }
    }
}
