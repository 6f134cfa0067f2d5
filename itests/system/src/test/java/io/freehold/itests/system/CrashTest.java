package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Freehold dies between the engine's doing and its own noting. */
class CrashTest {
    @TempDir
    Path folder;

    private Freehold freehold;
    private Docker docker;

    @AfterEach
    void stop() {
        if (freehold != null) {
            freehold.close();
            docker.close();
        }
    }

    @Test
    void aContainerMadeJustBeforeTheKillIsAdoptedAndThereIsExactlyOne() throws Exception {
        docker = Docker.engine();
        String name = docker.name("orphan");
        try (EngineLine line = new EngineLine(docker.socket(), folder.resolve("engine.sock"))) {
            freehold = new Freehold(folder.resolve("data")).start();
            Client admin = freehold.setUp();
            String backend = Hosting.backend(admin, "home", line.url());
            line.holdCreations();
            Answer accepted =
                    admin.post("/api/v1/instances", Hosting.container(backend, name, docker.image(), Hosting.IDLE));
            assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> line.holds() && docker.ids(name).size() == 1);
            freehold.kill();
            line.pass();

            Client again = freehold.start().signIn();
            JsonNode end = again.end(accepted.get("id"));

            assertThat(docker.ids(name)).hasSize(1);
            await().untilAsserted(() -> assertThat(again.instances(name)).hasSize(1));
            JsonNode instance = again.instances(name).get(0);
            assertThat(instance.path("managed").asBoolean())
                    .as(instance.toString())
                    .isTrue();
            assertThat(end.path("instanceId").asText())
                    .isEqualTo(instance.path("id").asText());
            tellsTheTruth(again, end, instance.path("id").asText());
            assertThat(again.items("/api/v1/audit?action=instance.create"))
                    .extracting(entry -> entry.path("outcome").asText())
                    .containsExactlyInAnyOrder(
                            "INTENT", end.path("status").asText().equals("SUCCEEDED") ? "SUCCESS" : "FAILURE");
            again.succeed(
                    again.delete("/api/v1/instances/" + instance.path("id").asText()));
            assertThat(docker.ids(name)).isEmpty();
        }
    }

    /** It succeeded if the container runs, as was asked for; else it failed and says why. */
    private static void tellsTheTruth(Client client, JsonNode end, String instance) {
        if (end.path("status").asText().equals("SUCCEEDED")) {
            client.awaitState(instance, "RUNNING");
        } else {
            assertThat(end.path("status").asText()).isEqualTo("FAILED");
            assertThat(end.at("/error/message").asText()).isNotEmpty();
            client.awaitState(instance, "STOPPED");
        }
    }
}
