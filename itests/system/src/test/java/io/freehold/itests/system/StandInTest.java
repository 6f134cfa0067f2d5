package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A plugin in the place of a provider that came with Freehold. */
class StandInTest extends PluginTest {
    private static final String ID = "io.freehold.provider.docker";

    private byte[] provider() throws IOException {
        try (Stream<Path> files = Files.list(freehold.home().resolve("system/35"))) {
            Path jar = files.filter(file -> file.getFileName().toString().startsWith(ID))
                    .findFirst()
                    .orElseThrow();
            return TestPlugin.withVersion(jar, "100.0.0");
        }
    }

    /** Exactly one provider serves, and its version begins like that. */
    private void awaitProvider(String version) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            List<JsonNode> providers = ada.items("/api/v1/providers");
            assertThat(providers).hasSize(1);
            assertThat(providers.get(0).path("version").asText()).startsWith(version);
        });
        assertThat(freehold.command("bundle", "list").lines().stream()
                        .filter(line -> line.contains(ID) && line.contains("ACTIVE")))
                .hasSize(1);
    }

    @Test
    void whicheverIsToRunRunsAlsoAfterARestart() throws Exception {
        Files.write(deploy.resolve("docker.jar"), provider());
        awaitPlugin(ID, "ACTIVE");
        awaitProvider("100.");
        restart();
        awaitPlugin(ID, "ACTIVE");
        awaitProvider("100.");

        assertThat(act(ID, "disable").status()).isEqualTo(200);
        awaitProvider("0.");
        restart();
        awaitPlugin(ID, "DISABLED");
        awaitProvider("0.");

        assertThat(act(ID, "enable").status()).isEqualTo(200);
        awaitProvider("100.");
        String bundle = freehold.command("bundle", "list").lines().stream()
                .filter(line -> line.contains(ID) && line.contains("100.0.0"))
                .map(line -> line.strip().replaceAll("\\s.*", ""))
                .findFirst()
                .orElseThrow();
        assertThat(freehold.command("bundle", "stop", bundle).status()).isZero();
        awaitPlugin(ID, "FAILED");
        awaitProvider("0.");
        assertThat(freehold.command("bundle", "start", bundle).status()).isZero();
        awaitPlugin(ID, "ACTIVE");
        awaitProvider("100.");
    }
}
