package io.freehold.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freehold.api.Settings;
import io.freehold.rest.http.Api;
import io.freehold.rest.http.ApiEndpoint;
import io.freehold.rest.http.Route;
import io.freehold.rest.memory.Memory;
import io.freehold.rest.plugin.Mounted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API on a free port, in front of services in memory, with a client for it. */
public final class TestServer implements AutoCloseable {
    private static final Map<String, String> DEFAULTS = Map.of(
            "freehold.http.port", "0",
            "freehold.public.url", "https://panel.example",
            "freehold.features", "base,rest");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public final Memory memory = new Memory();
    public final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;

    public TestServer() {
        this(new NoPlugins());
    }

    /**
     * @param plugins what plugins serve
     */
    public TestServer(Mounted plugins) {
        this(plugins, Map.of());
    }

    /**
     * @param settings what differs, as {@code freehold.http.port} and so on
     */
    public TestServer(Map<String, String> settings) {
        this(new NoPlugins(), settings);
    }

    private TestServer(Mounted plugins, Map<String, String> settings) {
        server = new HttpServer(
                HttpSettings.of(Settings.of(key -> settings.getOrDefault(key, DEFAULTS.get(key)))),
                memory.services(),
                "0.1.0",
                plugins,
                memory.replays(),
                Path.of(System.getProperty("java.io.tmpdir")));
        server.start();
    }

    HttpServer server() {
        return server;
    }

    public ApiEndpoint endpoint() {
        return new ApiEndpoint() {
            @Override
            public Api api() {
                return server.api();
            }

            @Override
            public Optional<Tls> tls() {
                return server.tls();
            }

            @Override
            public List<Route> routes() {
                return server.routes();
            }
        };
    }

    public URI uri(String path) {
        return URI.create(server.address() + path);
    }

    /** A request as the administrator. */
    public HttpRequest.Builder request(String path) {
        return open(path).header("Authorization", "Bearer " + Memory.ADMIN);
    }

    /** A request without a credential. */
    public HttpRequest.Builder open(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Answer get(String path) {
        return send(request(path));
    }

    public Answer post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public Answer put(String path, String json, String... headers) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** Sends bytes as they are and answers everything that comes back until the server closes. */
    public String raw(String bytes) {
        return raw(InetAddress.getLoopbackAddress(), bytes);
    }

    /** The same to another address of this machine. */
    public String raw(InetAddress address, String bytes) {
        try (Socket socket = new Socket(address, server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends bytes as they are and answers the first line that comes back. */
    public String firstLine(String bytes) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            return String.valueOf(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    /** An answer that tests look into. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public JsonNode json() {
            try {
                return MAPPER.readTree(body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
