package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Somebody who talks to Freehold over HTTP, signed in or not. */
final class Client {
    static final String ADMIN = "ada";
    static final String PASSWORD = "a rather long passphrase";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI address;
    private final String token;

    /** @param token an access token; null for nobody */
    Client(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    Client signIn(String username, String password) {
        Answer answer = post("/api/v1/auth/login", Map.of("username", username, "password", password));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return new Client(address, answer.get("accessToken"));
    }

    /** The same client of a Freehold that came up again at another address. */
    Client at(URI other) {
        return new Client(other, token);
    }

    URI address() {
        return address;
    }

    HttpClient http() {
        return http;
    }

    /** A request as this client, to be completed. */
    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE.plusSeconds(10));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return Answer.of(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Answer.text(body))));
    }

    /** Sends a plugin: {@code POST} or {@code PUT}. */
    Answer upload(String method, String path, Path jar) throws IOException {
        return send(request(path)
                .header("Content-Type", "application/java-archive")
                .method(method, BodyPublishers.ofByteArray(Files.readAllBytes(jar))));
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** The items of a list, of all its pages. */
    List<JsonNode> items(String path) {
        List<JsonNode> items = new java.util.ArrayList<>();
        String cursor = "";
        do {
            String page = path + (path.contains("?") ? "&" : "?") + "limit=1000" + cursor;
            Answer answer = get(page);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            StreamSupport.stream(answer.json().get("items").spliterator(), false)
                    .forEach(items::add);
            JsonNode next = answer.json().path("nextCursor");
            cursor = next.isTextual() ? "&cursor=" + next.asText() : "";
        } while (!cursor.isEmpty());
        return items;
    }

    /** Waits for the end of the operation that was answered with 202. */
    JsonNode end(Answer accepted) {
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        assertThat(accepted.header("Location")).isEqualTo("/api/v1/operations/" + accepted.get("id"));
        return end(accepted.get("id"));
    }

    /** Waits for the end of an operation. */
    JsonNode end(String operation) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> get("/api/v1/operations/" + operation).json(),
                        now -> ENDED.contains(now.path("status").asText()));
    }

    /** Waits for the end of the operation, which must succeed. */
    JsonNode succeed(Answer accepted) {
        JsonNode end = end(accepted);
        assertThat(end.path("status").asText()).as(end.toString()).isEqualTo("SUCCEEDED");
        assertThat(end.path("progress").asInt()).isEqualTo(100);
        return end;
    }

    /** The instances of that name. */
    List<JsonNode> instances(String name) {
        return items("/api/v1/instances?q=" + name).stream()
                .filter(instance -> instance.path("name").asText().equals(name))
                .toList();
    }

    /** Waits until the instance is in the state. */
    JsonNode awaitState(String instance, String state) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> get("/api/v1/instances/" + instance).json(),
                        now -> now.path("state").asText().equals(state));
    }
}
