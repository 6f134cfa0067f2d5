package io.freehold.rest.http;

import io.freehold.api.security.Origin;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.MDC;

/**
 * What every request passes first, whatever it asks for: it gets its id and its security headers, and is
 * turned away for a method that nothing here uses or a host name that is not ours.
 */
public final class FrontHandler extends Handler.Wrapper {
    static final String REQUEST_ID = "io.freehold.rest.request-id";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Problems problems;
    private final Predicate<Request> ourHost;
    private final boolean local;

    /**
     * In front of what the network reaches.
     *
     * @param ourHost whether the request names a host that we answer to
     */
    public static FrontHandler of(RoutedHandlers next, Problems problems, Predicate<Request> ourHost) {
        return new FrontHandler(next, problems, ourHost, false);
    }

    /** In front of the admin socket, whose clients have no address of their own. */
    public static FrontHandler ofAdminSocket(Handler next, Problems problems) {
        return new FrontHandler(next, problems, any -> true, true);
    }

    private FrontHandler(Handler next, Problems problems, Predicate<Request> ourHost, boolean local) {
        super(next);
        this.problems = problems;
        this.ourHost = ourHost;
        this.local = local;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String requestId = RequestIds.from(request.getHeaders().get(RequestIds.HEADER));
        request.setAttribute(REQUEST_ID, requestId);
        response.getHeaders().add(RequestIds.HEADER, requestId);
        SecurityHeaders.addTo(response.getHeaders());
        if (!METHODS.contains(request.getMethod())) {
            problems.write(
                    request,
                    response,
                    callback,
                    Problem.of(405, "METHOD_NOT_ALLOWED", "This method is not used here.")
                            .header("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
            return true;
        }
        if (!ourHost.test(request)) {
            problems.write(
                    request,
                    response,
                    callback,
                    Problem.of(421, "WRONG_HOST", "This server does not answer to that host name; see public.url."));
            return true;
        }
        String source = local ? "local" : Request.getRemoteAddr(request);
        new RequestContext(new Origin(source, requestId), null).attachTo(request);
        MDC.put("requestId", requestId);
        try {
            return super.handle(request, response, callback);
        } finally {
            MDC.remove("requestId");
        }
    }
}
