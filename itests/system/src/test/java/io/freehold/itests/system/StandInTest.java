package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A plugin in the place of a provider that came with Freehold. */
class StandInTest extends PluginTest {
    /** Exactly one provider serves, and its version begins like that. */
    private void awaitProvider(String version) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            List<JsonNode> providers = ada.items("/api/v1/providers");
            assertThat(providers).hasSize(1);
            assertThat(providers.get(0).path("version").asText()).startsWith(version);
        });
        assertThat(freehold.command("bundle", "list").lines().stream()
                        .filter(line -> line.contains(DOCKER) && line.contains("ACTIVE")))
                .hasSize(1);
    }

    @Test
    void whicheverIsToRunRunsAlsoAfterARestart() throws Exception {
        deploy("docker.jar", dockerProvider("100.0.0"));
        awaitPlugin(DOCKER, "ACTIVE");
        awaitProvider("100.");
        restart();
        awaitPlugin(DOCKER, "ACTIVE");
        awaitProvider("100.");

        assertThat(act(DOCKER, "disable").status()).isEqualTo(200);
        awaitProvider("0.");
        restart();
        awaitPlugin(DOCKER, "DISABLED");
        awaitProvider("0.");

        assertThat(act(DOCKER, "enable").status()).isEqualTo(200);
        awaitProvider("100.");
        String bundle = freehold.command("bundle", "list").lines().stream()
                .filter(line -> line.contains(DOCKER) && line.contains("100.0.0"))
                .map(line -> line.strip().replaceAll("\\s.*", ""))
                .findFirst()
                .orElseThrow();
        assertThat(freehold.command("bundle", "stop", bundle).status()).isZero();
        awaitPlugin(DOCKER, "FAILED");
        awaitProvider("0.");
        assertThat(freehold.command("bundle", "start", bundle).status()).isZero();
        awaitPlugin(DOCKER, "ACTIVE");
        awaitProvider("100.");
    }
}
