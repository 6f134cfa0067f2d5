package io.freehold.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Freehold of its own, started from an unpacked distribution, with an administrator and a Docker backend. */
final class Freehold implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://[^\\s:/]+:(\\d+)");
    static final String USER = "bench";
    private static final String PASSWORD = "bench-only-" + Long.toHexString(System.nanoTime());
    static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final int port;
    private final long bootNanos;
    private final Path data;

    private Freehold(Process process, int port, long bootNanos, Path data) {
        this.process = process;
        this.port = port;
        this.bootNanos = bootNanos;
        this.data = data;
    }

    /** Starts it and returns once {@code /readyz} answers 200. */
    static Freehold start(Path home, Path data) throws IOException, InterruptedException {
        Path log = data.resolveSibling(data.getFileName() + ".log");
        Files.deleteIfExists(log);
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/freehold").toString(), "run")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("FREEHOLD_DATA", data.toString());
        builder.environment().put("FREEHOLD_HTTP_PORT", "0");
        // A benchmark of root's measures what root has.
        builder.environment().put("FREEHOLD_ALLOW_ROOT", "true");
        // Guesses of passwords come from many addresses.
        builder.environment().put("FREEHOLD_PROXY_TRUSTED", "127.0.0.1");
        builder.environment().put("FREEHOLD_DEPLOY_FOLDER", deploy(data).toString());
        long before = System.nanoTime();
        Process process = builder.start();
        long limit = before + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < limit && process.isAlive()) {
            Matcher address = ADDRESS.matcher(Files.readString(log));
            if (address.find()) {
                int port = Integer.parseInt(address.group(1));
                try (Http http = Http.tcp(port, "")) {
                    if (http.get("/readyz").status() == 200) {
                        return new Freehold(process, port, System.nanoTime() - before, data);
                    }
                }
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        process.destroyForcibly();
        throw new IOException("Freehold did not start:\n" + Files.readString(log));
    }

    /** Creates the administrator and connects the engine; returns the backend's id. */
    String setUp(Path engine) throws IOException {
        String token = Files.readString(data.resolve("setup-token")).strip();
        try (Http http = connect()) {
            expect(
                    201,
                    http.call(
                            "POST",
                            "/api/v1/setup",
                            "",
                            "{\"setupToken\":\"%s\",\"username\":\"%s\",\"password\":\"%s\"}"
                                    .formatted(token, USER, PASSWORD)));
        }
        try (Http http = signIn()) {
            String config = "{\"provider\":\"docker\",\"name\":\"bench\",\"config\":{\"url\":\"unix://%s\"}}";
            return expect(201, http.call("POST", "/api/v1/backends", "", config.formatted(engine)))
                    .get("id")
                    .asText();
        }
    }

    /** A connection that is not signed in. */
    Http connect() throws IOException {
        return Http.tcp(port, "");
    }

    /** A connection whose every request is signed in. */
    Http signIn() throws IOException {
        return Http.tcp(port, "Authorization: Bearer " + token() + "\r\n");
    }

    private String token() throws IOException {
        try (Http http = connect()) {
            String credentials = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(USER, PASSWORD);
            return expect(200, http.call("POST", "/api/v1/auth/login", "", credentials))
                    .get("accessToken")
                    .asText();
        }
    }

    static JsonNode expect(int status, Http.Answer answer) throws IOException {
        if (answer.status() != status) {
            throw new IOException("Expected " + status + ", got " + answer.status() + ": " + answer.text());
        }
        return JSON.readTree(answer.text());
    }

    /** Where its plugins are put. */
    Path deploy() {
        return deploy(data);
    }

    private static Path deploy(Path data) {
        return data.resolveSibling("deploy");
    }

    long bootMillis() {
        return TimeUnit.NANOSECONDS.toMillis(bootNanos);
    }

    Linux usage() {
        return new Linux(process.pid());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
