package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From setup to a container that lived and is gone, over REST alone. */
class HostingTest {
    @TempDir
    Path folder;

    private Docker docker;
    private Freehold freehold;
    private Client admin;

    @BeforeEach
    void start() {
        docker = Docker.engine();
        freehold = new Freehold(folder.resolve("data")).start();
    }

    @AfterEach
    void stop() {
        if (freehold != null) {
            freehold.close();
            docker.close();
        }
    }

    @Test
    void aContainerLivesAndDiesAndEveryStepIsRecorded() throws Exception {
        setUpOnce();
        String backend = Hosting.backend(admin, "home", docker.url());
        String instance = create(backend);
        readItsLog(instance);
        talkToIt(instance);

        admin.succeed(admin.post("/api/v1/instances/" + instance + "/actions/stop", Map.of("timeoutSeconds", 10)));
        admin.awaitState(instance, "STOPPED");
        admin.succeed(admin.post("/api/v1/instances/" + instance + "/actions/start", Map.of()));
        admin.awaitState(instance, "RUNNING");
        admin.succeed(admin.post("/api/v1/instances/" + instance + "/actions/kill", Map.of()));
        admin.awaitState(instance, "STOPPED");
        admin.succeed(admin.delete("/api/v1/instances/" + instance));
        await().until(() -> admin.get("/api/v1/instances/" + instance).status() == 404);

        everyStepIsRecorded(backend, instance);
    }

    private void setUpOnce() {
        Client nobody = freehold.anonymous();
        assertThat(nobody.get("/api/v1/setup").json().path("required").asBoolean())
                .isTrue();
        assertThat(nobody.get("/api/v1/instances").status()).isEqualTo(401);
        Map<String, String> wrong = Map.of("setupToken", "guess", "username", "eve", "password", Client.PASSWORD);
        assertThat(nobody.post("/api/v1/setup", wrong).status()).isEqualTo(403);
        admin = freehold.setUp();
        assertThat(nobody.get("/api/v1/setup").json().path("required").asBoolean())
                .isFalse();
        assertThat(nobody.post("/api/v1/setup", wrong).status()).isEqualTo(409);
        JsonNode me = admin.get("/api/v1/auth/me").json();
        assertThat(me.at("/user/username").asText(me.path("username").asText())).isEqualTo(Client.ADMIN);
    }

    private String create(String backend) {
        String name = docker.name("life");
        Map<String, Object> wanted = new HashMap<>(Hosting.container(backend, name, docker.image(), Hosting.ECHO));
        wanted.put("environment", Map.of("GREETING", "hello"));
        wanted.put("resources", Map.of("memoryBytes", 64 << 20, "cpus", 0.5));
        wanted.put("ports", List.of(Map.of("port", 8080, "protocol", "tcp")));
        JsonNode end = admin.succeed(admin.post("/api/v1/instances", wanted));
        String id = end.path("instanceId").asText();

        JsonNode instance = admin.awaitState(id, "RUNNING");
        assertThat(instance.path("name").asText()).isEqualTo(name);
        assertThat(instance.path("kind").asText()).isEqualTo("CONTAINER");
        assertThat(instance.path("backendId").asText()).isEqualTo(backend);
        assertThat(instance.path("providerId").asText()).isEqualTo("docker");
        assertThat(instance.at("/resources/memoryBytes").asLong()).isEqualTo(64 << 20);
        assertThat(instance.at("/resources/cpus").asDouble()).isEqualTo(0.5);
        assertThat(Answer.text(instance.path("actions"))).contains("\"stop\"").doesNotContain("\"start\"");
        assertThat(admin.instances(name)).hasSize(1);
        assertThat(docker.ids(name)).hasSize(1);
        return id;
    }

    private void readItsLog(String instance) {
        await().untilAsserted(() -> {
            Answer log = admin.get("/api/v1/instances/" + instance + "/logs?tail=10");
            assertThat(log.header("Content-Type")).startsWith("text/plain");
            assertThat(log.text().lines()).contains("ready");
        });
    }

    private void talkToIt(String instance) throws Exception {
        try (ConsoleClient console = ConsoleClient.open(admin, instance)) {
            console.type("hello there\n");
            await().untilAsserted(() -> assertThat(console.output()).contains("got hello there"));
        }
    }

    private void everyStepIsRecorded(String backend, String instance) {
        List<JsonNode> audit = admin.items("/api/v1/audit");
        assertThat(audit.stream().map(HostingTest::step))
                .contains(
                        "setup.complete SUCCESS",
                        "auth.login SUCCESS",
                        "backend.create SUCCESS backends/" + backend,
                        "instance.create SUCCESS instances/" + instance,
                        "instance.console SUCCESS instances/" + instance,
                        "instance.stop INTENT instances/" + instance,
                        "instance.stop SUCCESS instances/" + instance,
                        "instance.start SUCCESS instances/" + instance,
                        "instance.kill SUCCESS instances/" + instance,
                        "instance.delete INTENT instances/" + instance,
                        "instance.delete SUCCESS instances/" + instance);
        JsonNode verified = admin.get("/api/v1/audit/verify").json();
        assertThat(verified.path("ok").asBoolean()).as(verified.toString()).isTrue();
        assertThat(verified.path("entries").asLong()).isGreaterThanOrEqualTo(audit.size());
        assertThat(verified.path("head").asText()).hasSize(64);
    }

    private static String step(JsonNode entry) {
        String step =
                entry.path("action").asText() + " " + entry.path("outcome").asText();
        String resource = entry.path("resource").asText();
        return resource.startsWith("backends/") || resource.startsWith("instances/") ? step + " " + resource : step;
    }
}
