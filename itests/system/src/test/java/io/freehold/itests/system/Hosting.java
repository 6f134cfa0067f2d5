package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What several tests do first: add the engine, make an instance. */
final class Hosting {
    /** Prints one line, then answers each line that is typed, until it is told to stop. */
    static final List<String> ECHO =
            List.of("/bin/sh", "-c", "trap 'exit 0' TERM; echo ready; while read line; do echo \"got $line\"; done");

    /** Runs until it is told to stop, and does so at once. */
    static final List<String> IDLE =
            List.of("/bin/sh", "-c", "trap 'exit 0' TERM; echo ready; while true; do sleep 1; done");

    private Hosting() {}

    /** Adds a backend for the engine at the URL and waits until it answers. */
    static String backend(Client client, String name, String url) {
        Answer made = client.post(
                "/api/v1/backends", Map.of("provider", "docker", "name", name, "config", Map.of("url", url)));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        awaitHealth(client, made.get("id"), "UP");
        return made.get("id");
    }

    static void awaitHealth(Client client, String backend, String status) {
        await().atMost(Duration.ofSeconds(30)).pollDelay(Duration.ZERO).untilAsserted(() -> assertThat(
                        client.get("/api/v1/backends/" + backend)
                                .json()
                                .at("/health/status")
                                .asText())
                .isEqualTo(status));
    }

    static Map<String, Object> container(String backend, String name, String image, List<String> command) {
        return Map.of(
                "backendId", backend,
                "name", name,
                "kind", "CONTAINER",
                "template", image,
                "config", Map.of("command", command));
    }

    /** Makes a running instance and answers its id. */
    static String running(Client client, String backend, String name, String image) {
        JsonNode made = client.succeed(client.post("/api/v1/instances", container(backend, name, image, IDLE)));
        String id = made.path("instanceId").asText();
        client.awaitState(id, "RUNNING");
        return id;
    }
}
