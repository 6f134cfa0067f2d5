package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that is down, silent or mad harms its own backend alone, and comes back by itself. */
class EngineTroubleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    @TempDir
    Path folder;

    private Docker docker;
    private Freehold freehold;
    private Client admin;
    private EngineLine line;
    private String troubled;
    private String healthy;
    private String instance;
    private String neighbour;

    @BeforeEach
    void start() throws Exception {
        docker = Docker.engine();
        line = new EngineLine(docker.socket(), folder.resolve("engine.sock"));
        freehold = new Freehold(folder.resolve("data")).start();
        admin = freehold.setUp();
        troubled = Hosting.backend(admin, "troubled", line.url());
        healthy = Hosting.backend(admin, "healthy", docker.url());
        String name = docker.name("trouble");
        instance = Hosting.running(admin, troubled, name, docker.image());
        await().until(() -> admin.instances(name).size() == 2);
        neighbour = admin.instances(name).stream()
                .filter(one -> one.path("backendId").asText().equals(healthy))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    @AfterEach
    void stop() throws Exception {
        if (freehold != null) {
            freehold.close();
            line.close();
            docker.close();
        }
    }

    @Test
    void anEngineThatIsDownSilentOrMadHarmsItsOwnBackendAlone() throws Exception {
        line.refuse();
        onlyItsOwnBackendSuffers();
        line.pass();
        comesBack();

        line.talkNonsense();
        onlyItsOwnBackendSuffers();
        line.pass();
        comesBack();

        line.freeze();
        onlyItsOwnBackendSuffers();
        line.pass();
        comesBack();
    }

    private void onlyItsOwnBackendSuffers() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(health(troubled)).isNotEqualTo("UP");
            assertThat(stale(instance)).isTrue();
        });
        assertThat(admin.get("/api/v1/backends/" + troubled)
                        .json()
                        .at("/health/message")
                        .asText())
                .isNotEmpty();
        assertThat(health(healthy)).isEqualTo("UP");
        assertThat(stale(neighbour)).isFalse();

        long began = System.nanoTime();
        assertThat(admin.items("/api/v1/instances")).isNotEmpty();
        assertThat(admin.get("/api/v1/instances/" + instance).get("state")).isEqualTo("RUNNING");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    }

    private void comesBack() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(health(troubled)).isEqualTo("UP");
            assertThat(stale(instance)).isFalse();
        });
        admin.succeed(admin.post("/api/v1/instances/" + instance + "/actions/restart", Map.of("timeoutSeconds", 5)));
        admin.awaitState(instance, "RUNNING");
    }

    private String health(String backend) {
        return admin.get("/api/v1/backends/" + backend)
                .json()
                .at("/health/status")
                .asText();
    }

    private boolean stale(String id) {
        return admin.get("/api/v1/instances/" + id).json().path("stale").asBoolean();
    }
}
