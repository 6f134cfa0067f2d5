package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Docker provider replaced by others of itself while it hosts real containers. */
class ProviderUpdateTest extends PluginTest {
    private static final String LOADER = "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";

    private Docker docker;
    private String backend;
    private int version = 100;

    @BeforeAll
    void addBackend() {
        docker = Docker.engine();
        backend = Hosting.backend(ada, "home", docker.url());
    }

    @AfterAll
    void removeContainers() {
        if (docker != null) {
            docker.close();
        }
    }

    /** Deploys the provider under a version that was not there before. */
    private String update() throws IOException {
        String next = ++version + ".0.0";
        deploy("docker.jar", dockerProvider(next));
        return next;
    }

    private void awaitUpdate(String wanted) {
        awaitVersion(DOCKER, wanted);
        Hosting.awaitHealth(ada, backend, "UP");
    }

    @Test
    void twentyUpdatesKeepContainersReadableAndConsolesComeBack() throws Exception {
        String name = docker.name("steady");
        String instance = Hosting.running(ada, backend, name, docker.image());
        awaitUpdate(update());
        Jvm jvm = new Jvm(freehold.pid());
        long loaders = jvm.instances(LOADER);
        Map<String, Long> threads = jvm.threads();
        try (Load load = new Load(freehold, 4)) {
            for (int i = 0; i < 20; i++) {
                try (ConsoleClient console = ConsoleClient.open(ada, instance)) {
                    String next = update();
                    await().atMost(Duration.ofSeconds(30)).until(() -> console.closeCode() != 0);
                    assertThat(console.closeCode()).isEqualTo(1012);
                    assertThat(ada.get("/api/v1/instances/" + instance).get("name"))
                            .isEqualTo(name);
                    awaitUpdate(next);
                }
            }
            assertThat(load.failures()).isEmpty();
        }
        assertThat(ada.get("/api/v1/instances/" + instance).get("state")).isEqualTo("RUNNING");
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            assertThat(jvm.instances(LOADER)).isLessThanOrEqualTo(loaders);
            jvm.assertNoThreadsBut(threads);
        });

        Files.delete(deploy.resolve("docker.jar"));
        await().until(() -> ada.get("/api/v1/plugins/" + DOCKER).status() == 404);
        Hosting.awaitHealth(ada, backend, "UP");
        assertThat(ada.items("/api/v1/providers").get(0).get("version").asText())
                .startsWith("0.");
    }

    @Test
    void anUpdateWhileACreateRunsLeavesOneContainerAndATruthfulOperation() throws Exception {
        for (int i = 0; i < 5; i++) {
            String name = docker.name("made-" + i);
            Answer accepted = ada.send(ada.request("/api/v1/instances")
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .POST(BodyPublishers.ofString(
                            Answer.text(Hosting.container(backend, name, docker.image(), List.of("sleep", "600"))))));
            String next = update();
            JsonNode end = ada.end(accepted);
            awaitUpdate(next);
            int containers = docker.ids(name).size();
            if (end.path("status").asText().equals("SUCCEEDED")) {
                assertThat(containers).isEqualTo(1);
                await().untilAsserted(() -> assertThat(ada.instances(name)).hasSize(1));
            } else {
                assertThat(end.at("/error/message").asText()).isNotEmpty();
                assertThat(containers).isLessThanOrEqualTo(1);
                await().untilAsserted(() -> assertThat(ada.instances(name)).hasSize(containers));
            }
        }
    }

    @Test
    void whatIsAskedWhileTheProviderIsAwayWaitsAndIsDoneThen() throws Exception {
        String instance = Hosting.running(ada, backend, docker.name("waiting"), docker.image());
        assertThat(freehold.command("bundle", "stop", "provider.docker").status())
                .isZero();
        assertThat(ada.get("/api/v1/instances/" + instance).get("stale")).isEqualTo("true");
        Answer accepted = ada.post("/api/v1/instances/" + instance + "/actions/stop", Map.of("timeoutSeconds", 1));
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        assertThat(ada.get("/api/v1/operations/" + accepted.get("id")).get("status"))
                .isEqualTo("PENDING");
        assertThat(freehold.command("bundle", "start", "provider.docker").status())
                .isZero();
        ada.succeed(accepted);
        ada.awaitState(instance, "STOPPED");
    }
}
