package io.freehold.launcher.cli;

import io.freehold.launcher.DataFolder;
import io.freehold.launcher.ExitStatus;
import io.freehold.launcher.Json;
import io.freehold.launcher.LauncherException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a running Freehold over its admin socket. Whoever can open the socket owns this Freehold, so there is
 * nothing to sign in with.
 */
public final class AdminClient {
    private static final String JSON = "application/json, application/problem+json";

    private final DataFolder data;
    private final UnixHttp http;

    public AdminClient(DataFolder data) {
        this.data = data;
        this.http = new UnixHttp(data.socket());
    }

    /**
     * An answer.
     *
     * @param body the JSON object that came, or an empty map
     */
    public record Answer(int status, Map<?, ?> body) {

        /** Whether it is what was asked for. */
        public boolean ok() {
            return status / 100 == 2;
        }

        /** Why it is not what was asked for. */
        public String problem() {
            String text = body.get("detail") instanceof String detail
                    ? detail
                    : body.get("title") instanceof String title ? title : "status " + status;
            return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        }
    }

    public Answer get(String path) {
        return json("GET", path, null);
    }

    public Answer post(String path, @Nullable String json) {
        return json("POST", path, json);
    }

    public Answer delete(String path) {
        return json("DELETE", path, null);
    }

    /** Posts a file as it is. */
    public Answer upload(String path, String contentType, Path file) {
        return json(exchange(() -> http.upload(path, JSON, contentType, file)));
    }

    /** An answer of whatever type as text. */
    public UnixHttp.Answer text(String path) {
        return request("GET", path, "text/plain, application/problem+json", null);
    }

    /**
     * Writes what is answered to a sink as it comes.
     *
     * @throws LauncherException if it is refused, or ends early
     */
    void download(String path, String accept, OutputStream sink) {
        UnixHttp.Answer answer = exchange(() -> http.download(path, accept + ", application/problem+json", sink));
        if (answer.status() / 100 != 2) {
            throw new LauncherException(
                    ExitStatus.FAILED, "Freehold refuses: " + json(answer).problem());
        }
    }

    /** A name as one segment of a path. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer json(String method, String path, @Nullable String json) {
        return json(request(method, path, JSON, json));
    }

    private Answer json(UnixHttp.Answer answer) {
        try {
            return new Answer(answer.status(), answer.text().isBlank() ? Map.of() : Json.object(answer.text()));
        } catch (IllegalArgumentException e) {
            throw new LauncherException(
                    ExitStatus.FAILED,
                    "Freehold's answer on " + data.socket() + " is not understood: " + e.getMessage(),
                    e);
        }
    }

    private UnixHttp.Answer request(String method, String path, String accept, @Nullable String json) {
        byte[] body = json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
        return exchange(() -> http.request(method, path, accept, "application/json", body));
    }

    /** One request and its answer. */
    private interface Exchange {
        UnixHttp.Answer run() throws IOException;
    }

    /**
     * @throws LauncherException {@link ExitStatus#NOT_RUNNING} if nobody listens
     */
    private UnixHttp.Answer exchange(Exchange exchange) {
        try {
            return exchange.run();
        } catch (IOException e) {
            if (data.owner().isEmpty()) {
                throw new LauncherException(
                        ExitStatus.NOT_RUNNING, "Freehold is not running with the data folder " + data.path(), e);
            }
            throw new LauncherException(
                    ExitStatus.FAILED,
                    "Freehold runs, but does not answer on " + data.socket()
                            + (Files.exists(data.socket()) ? ": " + e.getMessage() : ", which is not there (yet)"),
                    e);
        }
    }
}
