package io.freehold.distribution;

import io.freehold.launcher.DataFolder;
import io.freehold.launcher.Json;
import io.freehold.launcher.LauncherException;
import io.freehold.launcher.cli.AdminClient;
import io.freehold.launcher.cli.AdminClient.Answer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of {@code ./quickstart} that talks to Freehold; over the admin socket, as its owner. */
public final class Quickstart {
    private static final String USER = "admin";
    private static final String BACKEND = "local docker";
    private static final String INSTANCE = "quickstart-hello";
    private static final String IMAGE = "freehold/busybox:quickstart";
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int PATIENCE_SECONDS = 120;

    private final DataFolder data;
    private final AdminClient freehold;
    private final PrintStream out;

    private Quickstart(Path data, PrintStream out) {
        this.data = new DataFolder(data);
        this.freehold = new AdminClient(this.data);
        this.out = out;
    }

    /**
     * Does one of {@code port FROM}, {@code setup DATA ADDRESS}, {@code host DATA ENGINE TAR} and
     * {@code remove DATA}.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            switch (args[0]) {
                case "port" -> System.out.println(freePort(Integer.parseInt(args[1])));
                case "setup" -> new Quickstart(Path.of(args[1]), System.out).setUp(args[2]);
                case "host" -> new Quickstart(Path.of(args[1]), System.out).host(args[2], Path.of(args[3]));
                case "remove" -> new Quickstart(Path.of(args[1]), System.out).remove();
                default -> throw new IllegalArgumentException(args[0]);
            }
        } catch (LauncherException e) {
            System.err.println("quickstart: " + e.line());
            System.exit(e.status());
        }
    }

    /** The first port from there on that nobody listens on. */
    private static int freePort(int from) {
        for (int port = from; port < from + 100; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken; the next one.
            }
        }
        throw failure("no port from " + from + " to " + (from + 99) + " is free");
    }

    private void setUp(String address) throws IOException, InterruptedException {
        Optional<String> token = data.setupToken();
        if (token.isEmpty()) {
            out.println("  The administrator is there from an earlier run. Lost the password?  bin/freehold user reset "
                    + USER);
            return;
        }
        String password = password();
        require(
                freehold.post(
                        "/api/v1/setup", object("setupToken", token.get(), "username", USER, "password", password)),
                "set up the administrator");
        HttpRequest login = HttpRequest.newBuilder(URI.create(address + "/api/v1/auth/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(object("username", USER, "password", password)))
                .build();
        int status = HttpClient.newHttpClient()
                .send(login, BodyHandlers.discarding())
                .statusCode();
        if (status != 200) {
            throw failure("the new administrator cannot sign in: status " + status);
        }
        out.println("  Administrator:  " + USER);
        out.println("  Password:       " + password + "   (shown this once)");
    }

    private void host(String engineUrl, Path tar) throws IOException, InterruptedException {
        Engine engine = Engine.at(engineUrl).orElse(null);
        String backend = backend(engineUrl);
        Optional<Map<?, ?>> present = instance();
        if (present.isEmpty()) {
            String image = engine == null ? "busybox:latest" : image(engine, tar);
            String request = "{\"backendId\":" + Json.quote(backend)
                    + ",\"name\":" + Json.quote(INSTANCE)
                    + ",\"kind\":\"CONTAINER\",\"template\":" + Json.quote(image)
                    + ",\"config\":{\"command\":[\"sh\",\"-c\",\"echo Hello from Freehold; exec sleep 2147483647\"]}}";
            await(require(freehold.post("/api/v1/instances", request), "create an instance"));
        } else if (!"RUNNING".equals(present.get().get("state"))) {
            String start = "/api/v1/instances/" + present.get().get("id") + "/actions/start";
            await(require(freehold.post(start, "{}"), "start the instance"));
        }
        Map<?, ?> instance = instance().orElseThrow(() -> failure("the instance is not listed"));
        out.println("  Instance:       " + INSTANCE + " on " + engineUrl + ", " + instance.get("state"));
        out.println("  Its log says:   " + logLine(String.valueOf(instance.get("id"))));
    }

    private void remove() throws InterruptedException {
        Optional<Map<?, ?>> instance = instance();
        if (instance.isPresent()) {
            String path = "/api/v1/instances/" + instance.get().get("id");
            if ("RUNNING".equals(instance.get().get("state"))) {
                await(require(freehold.post(path + "/actions/kill", "{}"), "stop the instance"));
            }
            await(require(freehold.delete(path), "delete the instance"));
            out.println("quickstart: the instance " + INSTANCE + " is removed");
        }
    }

    private String backend(String url) {
        for (Object item : items("/api/v1/backends?limit=1000")) {
            if (item instanceof Map<?, ?> backend && BACKEND.equals(backend.get("name"))) {
                return String.valueOf(backend.get("id"));
            }
        }
        String request =
                "{\"provider\":\"docker\",\"name\":" + Json.quote(BACKEND) + ",\"config\":" + object("url", url) + "}";
        return String.valueOf(require(freehold.post("/api/v1/backends", request), "add the Docker backend")
                .get("id"));
    }

    private static String image(Engine engine, Path tar) throws IOException {
        Optional<String> present = engine.busybox();
        if (present.isPresent()) {
            return present.get();
        }
        if (!Files.exists(tar)) {
            // Freehold pulls it.
            return "busybox:latest";
        }
        engine.load(Files.readAllBytes(tar), IMAGE);
        return IMAGE;
    }

    private Optional<Map<?, ?>> instance() {
        for (Object item : items("/api/v1/instances?q=" + INSTANCE)) {
            if (item instanceof Map<?, ?> instance && INSTANCE.equals(instance.get("name"))) {
                return Optional.of(instance);
            }
        }
        return Optional.empty();
    }

    private String logLine(String instance) throws InterruptedException {
        for (int tries = 0; tries < 50; tries++) {
            String log = freehold.text("/api/v1/instances/" + instance + "/logs?tail=1")
                    .text()
                    .strip();
            if (!log.isEmpty()) {
                return log;
            }
            Thread.sleep(100);
        }
        throw failure("the instance runs, but its log stays empty");
    }

    /** Waits for an operation to end well. */
    private void await(Map<?, ?> started) throws InterruptedException {
        Map<?, ?> operation = started;
        for (int tries = 0; tries < PATIENCE_SECONDS * 10; tries++) {
            switch (String.valueOf(operation.get("status"))) {
                case "SUCCEEDED" -> {
                    return;
                }
                case "FAILED", "CANCELLED" ->
                    throw failure(operation.get("action") + " failed: " + operation.get("error"));
                default -> Thread.sleep(100);
            }
            operation = require(freehold.get("/api/v1/operations/" + started.get("id")), "follow the operation");
        }
        throw failure(operation.get("action") + " takes longer than " + PATIENCE_SECONDS + " s");
    }

    private List<?> items(String path) {
        return require(freehold.get(path), "list " + path).get("items") instanceof List<?> items ? items : List.of();
    }

    private static Map<?, ?> require(Answer answer, String what) {
        if (!answer.ok()) {
            throw failure("cannot " + what + ": " + answer.problem()
                    + (answer.body().get("violations") == null
                            ? ""
                            : " " + answer.body().get("violations")));
        }
        return answer.body();
    }

    private static String object(String... namesAndValues) {
        StringBuilder object = new StringBuilder("{");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.append(i == 0 ? "" : ",")
                    .append(Json.quote(namesAndValues[i]))
                    .append(':')
                    .append(Json.quote(namesAndValues[i + 1]));
        }
        return object.append('}').toString();
    }

    private static String password() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    private static LauncherException failure(String line) {
        return new LauncherException(1, line);
    }
}
