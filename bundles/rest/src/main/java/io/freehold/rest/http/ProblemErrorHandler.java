package io.freehold.rest.http;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in a problem what Jetty would say in a page: unreadable requests, and faults of handlers. */
public final class ProblemErrorHandler extends ErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemErrorHandler.class);

    private final Problems problems;

    public ProblemErrorHandler(Problems problems) {
        this.problems = problems;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        if (status >= 500 && cause != null && !(cause instanceof HttpException)) {
            LOG.error("A request failed by a fault of Freehold", cause);
        }
        if (response.getHeaders().get(RequestIds.HEADER) == null) {
            response.getHeaders().put(RequestIds.HEADER, requestId(request));
        }
        problems.write(request, response, callback, problem(status));
    }

    private static String requestId(Request request) {
        return request.getAttribute(FrontHandler.REQUEST_ID) instanceof String known
                ? known
                : RequestIds.from(request.getHeaders().get(RequestIds.HEADER));
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 400 -> Problem.of(status, "MALFORMED", "The request cannot be read.");
            case 404 -> Problem.of(status, "NOT_FOUND", "There is nothing here.");
            case 408 -> Problem.of(status, "TIMEOUT", "The request took too long to arrive.");
            case 413 -> Problem.of(status, "TOO_LARGE", "The body is too large.");
            case 414, 431 -> Problem.of(status, "TOO_LARGE", "The head of the request is too large.");
            case 503 ->
                Problem.of(status, "UNAVAILABLE", "Freehold is stopping or starting; try again.")
                        .header("Retry-After", "5");
            case 505 -> Problem.of(400, "MALFORMED", "This version of HTTP is not spoken here; use 1.1.");
            default ->
                status < 500
                        ? Problem.of(status, "MALFORMED", "The request cannot be served.")
                        : Problem.of(
                                status,
                                "INTERNAL",
                                "Something went wrong inside Freehold. The log has more under this request id.");
        };
    }
}
