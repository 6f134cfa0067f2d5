package io.freehold.rest.http;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Violation;
import io.freehold.rest.json.Json;
import io.freehold.rest.json.MalformedBody;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where failures become HTTP: which status, which words, which headers. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final HttpField CONTENT_TYPE = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);

    private final Json json;

    public Problems(Json json) {
        this.json = json;
    }

    /** The HTTP status of a code. */
    public static int status(ErrorCode code) {
        return switch (code) {
            case NOT_FOUND -> 404;
            case MALFORMED -> 400;
            case INVALID -> 422;
            case CONFLICT, CANCELLED -> 409;
            case STALE -> 412;
            case UNAUTHENTICATED -> 401;
            case DENIED -> 403;
            case RATE_LIMITED -> 429;
            case UNAVAILABLE -> 503;
            case TIMEOUT -> 504;
            case INTERNAL -> 500;
        };
    }

    /**
     * What a client is told of a failure. Anything but a {@link FreeholdException} is a fault of ours: it is
     * logged here, once, and the client learns the request id only.
     */
    public static Problem of(Throwable failure) {
        if (failure instanceof MalformedBody malformed) {
            String field = malformed.field();
            String message = String.valueOf(malformed.getMessage());
            return field == null
                    ? Problem.of(400, ErrorCode.MALFORMED.name(), message)
                    : new Problem(
                            400,
                            ErrorCode.MALFORMED.name(),
                            field + ": " + message,
                            "",
                            List.of(new Violation(field, message)),
                            Map.of());
        }
        if (failure instanceof FreeholdException refusal) {
            return of(refusal);
        }
        LOG.error("A request failed by a fault of Freehold", failure);
        return Problem.of(
                500,
                ErrorCode.INTERNAL.name(),
                "Something went wrong inside Freehold. The log has more under this request id.");
    }

    private static Problem of(FreeholdException refusal) {
        int status = status(refusal.code());
        if (refusal.code() == ErrorCode.INTERNAL) {
            LOG.error("A request failed", refusal);
        }
        Problem problem = new Problem(
                status, refusal.reason(), String.valueOf(refusal.getMessage()), "", refusal.violations(), Map.of());
        return switch (refusal.code()) {
            case UNAUTHENTICATED -> problem.header("WWW-Authenticate", "Bearer");
            case RATE_LIMITED, UNAVAILABLE -> {
                long seconds = refusal.retryAfter()
                        .map(wait -> Math.max(1, (wait.toMillis() + 999) / 1000))
                        .orElse(refusal.code() == ErrorCode.RATE_LIMITED ? 60L : 5L);
                Problem later = problem.header("Retry-After", Long.toString(seconds));
                yield refusal.code() == ErrorCode.RATE_LIMITED
                        ? later.header("RateLimit", "\"" + refusal.reason() + "\";r=0;t=" + seconds)
                        : later;
            }
            default -> problem;
        };
    }

    /** The problem's body. */
    public byte[] bytes(Problem problem) {
        return json.bytes(problem);
    }

    /** Answers a request with a problem. */
    public void write(Request request, Response response, Callback callback, Problem problem) {
        String requestId = String.valueOf(response.getHeaders().get(RequestIds.HEADER));
        response.setStatus(problem.status());
        SecurityHeaders.addTo(response.getHeaders(), request.isSecure());
        problem.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(CONTENT_TYPE);
        byte[] body = bytes(problem.of(requestId));
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        boolean head = "HEAD".equals(request.getMethod());
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
    }
}
