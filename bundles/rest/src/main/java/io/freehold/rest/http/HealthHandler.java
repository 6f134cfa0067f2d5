package io.freehold.rest.http;

import io.freehold.api.FreeholdException;
import io.freehold.api.security.Caller;
import io.freehold.rest.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * {@code /healthz}: the process serves. {@code /readyz}: so does its database. Both say more to who shows a good
 * credential; to anybody else, with a bad one or none, or after too many requests, they say nothing more.
 */
public final class HealthHandler extends PathHandler {
    private static final String READY = "/readyz";
    private static final byte[] UP = "{\"status\":\"UP\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DOWN = "{\"status\":\"DOWN\"}".getBytes(StandardCharsets.UTF_8);

    private final Problems problems;
    private final Readiness readiness;
    private final Gate gate;
    private final Entrance entrance;
    private final HealthDetails details;
    private final Json json;

    public HealthHandler(
            Problems problems, Readiness readiness, Gate gate, Entrance entrance, HealthDetails details, Json json) {
        super(
                problems,
                Stream.of(READY, "/healthz")
                        .map(path -> new Route(Route.Kind.HANDLER, "GET", path, true, null, null))
                        .toList());
        this.problems = problems;
        this.readiness = readiness;
        this.gate = gate;
        this.entrance = entrance;
        this.details = details;
        this.json = json;
    }

    @Override
    protected void answer(Request request, Response response, Callback callback) {
        boolean ready = READY.equals(request.getHttpURI().getPath());
        Caller caller = caller(request, response);
        if (!ready && caller == null) {
            answer(request, response, callback, true, UP);
            return;
        }
        var unused = readiness
                .check()
                .thenAccept(database -> {
                    boolean up = !ready || database;
                    byte[] brief = up ? UP : DOWN;
                    answer(request, response, callback, up, caller == null ? brief : detailed(caller, up, database));
                })
                .exceptionally(failure -> {
                    problems.write(request, response, callback, Problems.of(failure));
                    return null;
                });
    }

    /** Who asks, if that is known: what a probe shows never makes it fail. */
    private @Nullable Caller caller(Request request, Response response) {
        if (!request.getHeaders().contains(HttpHeader.AUTHORIZATION)) {
            return null;
        }
        try {
            return entrance.pass(request, response, gate);
        } catch (FreeholdException e) {
            return null;
        }
    }

    private byte[] detailed(Caller caller, boolean up, boolean database) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", up ? "UP" : "DOWN");
        body.put("details", details.of(caller, database));
        return json.bytes(body);
    }

    private static void answer(Request request, Response response, Callback callback, boolean up, byte[] body) {
        response.setStatus(up ? 200 : 503);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, "HEAD".equals(request.getMethod()) ? null : ByteBuffer.wrap(body), callback);
    }
}
