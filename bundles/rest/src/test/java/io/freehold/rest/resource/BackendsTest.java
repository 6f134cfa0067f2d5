package io.freehold.rest.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.rest.ServerTest;
import io.freehold.rest.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BackendsTest extends ServerTest {
    private static String backend(String name) {
        return "{\"provider\":\"fake\",\"name\":\"" + name + "\",\"config\":{\"url\":\"u\",\"password\":\"canary\"}}";
    }

    private Answer create(String name, String key) {
        return server.send(server.request("/api/v1/backends")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(backend(name))));
    }

    @Test
    void providersShowTheirFormAsJsonSchema() {
        Answer answer = server.get("/api/v1/providers");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/items/0/id").asText()).isEqualTo("fake");
        assertThat(answer.json().at("/items/0/version").asText()).isEqualTo("1.2.3");
        assertThat(answer.json().at("/items/0/kinds/0").asText()).isEqualTo("CONTAINER");
        assertThat(answer.json()
                        .at("/items/0/configuration/properties/password/writeOnly")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aBackendIsCreatedReadChangedTestedAndDeleted() {
        Answer created = server.post("/api/v1/backends", backend("home"));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String path = created.header("Location");
        assertThat(path)
                .isEqualTo("/api/v1/backends/" + created.json().get("id").asText());
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(created.json().fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "provider",
                        "name",
                        "config",
                        "secrets",
                        "health",
                        "capabilities",
                        "nodes",
                        "product",
                        "version",
                        "createdAt");
        assertThat(created.body()).doesNotContain("canary");
        assertThat(server.get(path).header("ETag")).isEqualTo("\"1\"");

        assertThat(server.put(path, backend("home")).status()).isEqualTo(428);
        assertThat(server.put(path, backend("home"), "If-Match", "\"7\"").status())
                .isEqualTo(412);
        assertThat(server.put(path, backend("home"), "If-Match", "nonsense").status())
                .isEqualTo(412);
        Answer changed = server.put(path, backend("house"), "If-Match", "\"1\"");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(changed.json().get("name").asText()).isEqualTo("house");

        Answer tested = server.post(path + "/test", "");
        assertThat(tested.status()).isEqualTo(200);
        assertThat(tested.body())
                .isEqualTo("{\"ok\":false,\"message\":\"Nothing answers there.\",\"durationMillis\":12}");
        assertThat(server.get("/api/v1/backends").json().get("total").asInt()).isPositive();
        assertThat(server.delete(path).status()).isEqualTo(204);
        assertThat(server.get(path).status()).isEqualTo(404);
    }

    @Test
    void listsAnswer304UntilSomethingChanges() {
        server.post("/api/v1/backends", backend("tagged"));
        String tag = server.get("/api/v1/backends").header("ETag");
        assertThat(server.send(server.request("/api/v1/backends").header("If-None-Match", "\"x\", " + tag))
                        .status())
                .isEqualTo(304);
        server.post("/api/v1/backends", backend("tagged-2"));
        assertThat(server.send(server.request("/api/v1/backends").header("If-None-Match", tag))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsMissingOrUnknownInTheFormIsNamed() {
        Answer missing = server.post("/api/v1/backends", "{\"config\":{}}");
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.json().findValuesAsText("field")).containsExactly("provider", "name");
        Answer unknown = server.post(
                "/api/v1/backends", "{\"provider\":\"fake\",\"name\":\"x\",\"config\":{\"url\":\"u\",\"colour\":1}}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().at("/violations/0/field").asText()).isEqualTo("colour");
    }

    @Test
    void aRepeatedRequestTakesEffectOnce() {
        int before = server.memory.backends.created.get();
        Answer first = create("once", "k-once");
        Answer second = create("once", "k-once");
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(server.memory.backends.created.get()).isEqualTo(before + 1);
    }

    @Test
    void aKeyBelongsToOneRequest() {
        create("mine", "k-mine");
        Answer other = create("other", "k-mine");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().get("code").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void aRequestThatIsUnderWayIsNotCarriedOutTwice() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        server.memory.backends.onCreate = () -> {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        try {
            CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> create("slow", "k-slow"));
            begun.await();
            Answer second = create("slow", "k-slow");
            assertThat(second.status()).isEqualTo(409);
            assertThat(second.json().get("code").asText()).isEqualTo("IDEMPOTENCY_IN_FLIGHT");
            release.countDown();
            assertThat(first.get().status()).isEqualTo(201);
        } finally {
            server.memory.backends.onCreate = () -> {};
        }
    }

    @Test
    void aRequestThatFailedCanBeMadeAgain() {
        server.memory.backends.onCreate = () -> {
            throw io.freehold.api.FreeholdException.invalid("config.url", "nothing answers there");
        };
        assertThat(create("again", "k-again").status()).isEqualTo(422);
        server.memory.backends.onCreate = () -> {};
        assertThat(create("again", "k-again").status()).isEqualTo(201);
    }

    @Test
    void aRequestThatFailedPerhapsAfterItsEffectIsNotCarriedOutAgain() {
        server.memory.backends.onCreate = () -> {
            throw new IllegalStateException("broken by the test");
        };
        assertThat(create("unknown", "k-unknown").status()).isEqualTo(500);
        server.memory.backends.onCreate = () -> {};
        Answer again = create("unknown", "k-unknown");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("code").asText()).isEqualTo("IDEMPOTENCY_OUTCOME_UNKNOWN");
    }

    @Test
    void faultsAreToldWithoutAWordOfTheInside() {
        server.memory.backends.onCreate = () -> {
            throw new IllegalStateException("SELECT secret FROM /etc/passwd");
        };
        try {
            Answer answer = server.post("/api/v1/backends", backend("broken"));
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.json().get("code").asText()).isEqualTo("INTERNAL");
            assertThat(answer.body()).doesNotContain("SELECT", "passwd", "IllegalState");
        } finally {
            server.memory.backends.onCreate = () -> {};
        }
    }

    @Test
    void backendsThatAreNotThereAreNotFound() {
        String path = "/api/v1/backends/" + UUID.randomUUID();
        assertThat(server.get(path).status()).isEqualTo(404);
        assertThat(server.put(path, backend("x"), "If-Match", "\"1\"").status()).isEqualTo(404);
        assertThat(server.delete(path).status()).isEqualTo(404);
        assertThat(server.post(path + "/test", "").status()).isEqualTo(404);
    }
}
