package io.freehold.rest.http;

import io.freehold.api.security.Origin;
import io.freehold.rest.proxy.Proxied;
import io.freehold.rest.proxy.TrustedProxies;
import java.net.InetAddress;
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
    private final TrustedProxies proxies;
    private final Cors cors;
    private final boolean local;

    /**
     * In front of what the network reaches.
     *
     * @param ourHost whether the request names a host that we answer to
     * @param proxies whose word about clients counts
     * @param cors which other pages may call us
     */
    public static FrontHandler of(
            RoutedHandlers next, Problems problems, Predicate<Request> ourHost, TrustedProxies proxies, Cors cors) {
        return new FrontHandler(next, problems, ourHost, proxies, cors, false);
    }

    /** In front of the admin socket, whose clients have no address of their own. */
    public static FrontHandler ofAdminSocket(Handler next, Problems problems) {
        return new FrontHandler(next, problems, any -> true, TrustedProxies.NONE, Cors.NONE, true);
    }

    private FrontHandler(
            Handler next,
            Problems problems,
            Predicate<Request> ourHost,
            TrustedProxies proxies,
            Cors cors,
            boolean local) {
        super(next);
        this.problems = problems;
        this.ourHost = ourHost;
        this.proxies = proxies;
        this.cors = cors;
        this.local = local;
    }

    @Override
    public boolean handle(Request received, Response response, Callback callback) throws Exception {
        Request request = Proxied.of(received, proxies);
        String requestId = RequestIds.from(request.getHeaders().get(RequestIds.HEADER));
        request.setAttribute(REQUEST_ID, requestId);
        response.getHeaders().add(RequestIds.HEADER, requestId);
        SecurityHeaders.addTo(response.getHeaders(), request.isSecure());
        if (!METHODS.contains(request.getMethod())) {
            problems.write(
                    request,
                    response,
                    callback,
                    Problem.of(405, "METHOD_NOT_ALLOWED", "This method is not used here.")
                            .header("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
            return true;
        }
        if (received.isSecure() != received.getConnectionMetaData().isSecure()) {
            problems.write(
                    request,
                    response,
                    callback,
                    Problem.of(400, "MALFORMED", "The request line names another scheme than that of the connection."));
            return true;
        }
        if (!local && !mayBePlain(received)) {
            problems.write(
                    request,
                    response,
                    callback,
                    Problem.of(
                            403,
                            "PLAIN_HTTP",
                            "Plain HTTP is for this machine and for the proxies in proxy.trusted: ask over HTTPS."));
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
        if (cors.answers(request, response.getHeaders())) {
            response.setStatus(204);
            response.write(true, null, callback);
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

    /** Whether nobody on the way could read what is not encrypted, or somebody trusted has taken care of that. */
    private boolean mayBePlain(Request received) {
        InetAddress peer = received.isSecure() ? null : Proxied.peer(received);
        return peer == null || peer.isLoopbackAddress() || proxies.contains(peer);
    }
}
