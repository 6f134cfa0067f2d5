package io.freehold.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Docker engine and its command line, the rivals; removes every container that it made. */
final class Engine implements AutoCloseable {
    private static final String LABEL = "io.freehold.bench";

    private final Path socket;
    private final String image;

    Engine(Path socket, String image) {
        this.socket = socket;
        this.image = image;
    }

    Path socket() {
        return socket;
    }

    String image() {
        return image;
    }

    Http connect() throws IOException {
        return Http.unix(socket);
    }

    /** Creates containers until there are so many on this engine, counting those of others. */
    void fillTo(int count) throws IOException {
        try (Http http = connect()) {
            int there = Freehold.JSON
                    .readTree(http.get("/containers/json?all=1").text())
                    .size();
            String body =
                    "{\"Image\":\"%s\",\"Cmd\":[\"true\"],\"Labels\":{\"%s\":\"filler\"}}".formatted(image, LABEL);
            for (int i = there; i < count; i++) {
                Freehold.expect(201, http.call("POST", "/containers/create?name=freehold-bench-" + i, "", body));
            }
        }
    }

    /** Creates and starts a container that runs until it is stopped; returns its id. */
    String run(String name) throws IOException {
        try (Http http = connect()) {
            String body = "{\"Image\":\"%s\",\"Cmd\":[\"sleep\",\"3600\"],\"Labels\":{\"%s\":\"runner\"}}"
                    .formatted(image, LABEL);
            String id = Freehold.expect(201, http.call("POST", "/containers/create?name=" + name, "", body))
                    .get("Id")
                    .asText();
            http.call("POST", "/containers/" + id + "/start", "", "");
            return id;
        }
    }

    /** Runs the Docker command line and waits for it. */
    void cli(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "-H", "unix://" + socket));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
        }
    }

    @Override
    public void close() throws IOException {
        try (Http http = connect()) {
            String mine = http.get("/containers/json?all=1&filters=%7B%22label%22%3A%5B%22" + LABEL + "%22%5D%7D")
                    .text();
            for (var container : Freehold.JSON.readTree(mine)) {
                http.call("DELETE", "/containers/" + container.get("Id").asText() + "?force=1", "", "");
            }
        }
    }
}
