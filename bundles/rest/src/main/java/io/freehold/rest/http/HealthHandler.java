package io.freehold.rest.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code /healthz}: the process serves. {@code /readyz}: so does its database. Both say nothing more. */
public final class HealthHandler extends Handler.Abstract {
    private static final byte[] UP = "{\"status\":\"UP\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DOWN = "{\"status\":\"DOWN\"}".getBytes(StandardCharsets.UTF_8);

    private final Problems problems;
    private final Readiness readiness;

    public HealthHandler(Problems problems, Readiness readiness) {
        this.problems = problems;
        this.readiness = readiness;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        boolean ready = "/readyz".equals(path);
        if (!ready && !"/healthz".equals(path)) {
            return false;
        }
        if (!"GET".equals(request.getMethod()) && !"HEAD".equals(request.getMethod())) {
            problems.write(
                    request,
                    response,
                    callback,
                    Problem.of(405, "METHOD_NOT_ALLOWED", "Health is only read.")
                            .header("Allow", "GET, HEAD"));
        } else if (ready) {
            var unused = readiness.check().thenAccept(up -> answer(request, response, callback, up));
        } else {
            answer(request, response, callback, true);
        }
        return true;
    }

    private static void answer(Request request, Response response, Callback callback, boolean up) {
        byte[] body = up ? UP : DOWN;
        response.setStatus(up ? 200 : 503);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, "HEAD".equals(request.getMethod()) ? null : ByteBuffer.wrap(body), callback);
    }
}
