package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Freehold with a deploy folder and a trusted publisher of its own. The tests of a class share it, because a start
 * takes longer than most of them, and each finds it running and without plugins.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PluginTest {
    /** Where {@link TestPlugin#hello} greets. */
    static final String GREETING = "/api/v1/plugins/com.example.hello/greeting";

    /** The Docker provider's id. */
    static final String DOCKER = "io.freehold.provider.docker";

    Path folder;
    Publisher us;
    Path trusted;
    Path deploy;
    Freehold freehold;
    Client ada;
    private Instant begun;

    @BeforeAll
    void start(@TempDir Path given) throws IOException {
        folder = given;
        us = new Publisher(folder);
        deploy = Files.createDirectory(folder.resolve("deploy"));
        freehold = new Freehold(folder.resolve("data")).with("FREEHOLD_DEPLOY_FOLDER", deploy.toString());
        configure(freehold);
        trusted = freehold.home().resolve("etc/trusted-publishers");
        us.exportCertificate(trusted.resolve("us.pem"));
        freehold.start();
        ada = freehold.setUp();
    }

    /** For settings that the tests of a class have in common. */
    void configure(Freehold given) {}

    @BeforeEach
    void begin() throws IOException {
        if (!freehold.isRunning()) {
            freehold.start();
            ada = freehold.signIn();
        }
        removePlugins();
        begun = Instant.now();
    }

    /** Takes every plugin away and waits until all are gone. */
    void removePlugins() throws IOException {
        try (Stream<Path> jars = Files.list(deploy)) {
            for (Path jar : jars.toList()) {
                Files.delete(jar);
            }
        }
        Files.deleteIfExists(trusted.resolve("other.pem"));
        Files.deleteIfExists(trusted.resolve("revoked"));
        for (JsonNode plugin : ada.items("/api/v1/plugins")) {
            if (plugin.path("source").asText().equals("UPLOADED")) {
                ada.delete("/api/v1/plugins/" + plugin.path("id").asText());
            }
        }
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(ada.items("/api/v1/plugins")).isEmpty());
    }

    @AfterAll
    void end() throws IOException {
        if (freehold != null) {
            freehold.close();
        }
        if (trusted != null) {
            // The installation is shared with the other tests.
            for (String file : List.of("us.pem", "other.pem", "revoked")) {
                Files.deleteIfExists(trusted.resolve(file));
            }
        }
    }

    void restart() {
        freehold.stop();
        freehold.start();
        ada = freehold.signIn();
    }

    /** A bundle without code; one without any file could not be signed. */
    static TestPlugin plugin(String id, String version) {
        return TestPlugin.empty(id, version).entry("greeting.txt", "Hello.");
    }

    /** The Docker provider that comes with Freehold under another version, so that a plugin can stand in its place. */
    byte[] dockerProvider(String version) throws IOException {
        try (Stream<Path> files = Files.list(freehold.home().resolve("system/35"))) {
            Path jar = files.filter(file -> file.getFileName().toString().startsWith(DOCKER))
                    .findFirst()
                    .orElseThrow();
            return TestPlugin.withVersion(jar, version);
        }
    }

    void deploy(String file, byte[] jar) throws IOException {
        Files.write(deploy.resolve(file), jar);
    }

    JsonNode awaitPlugin(String id, String state) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> ada.get("/api/v1/plugins/" + id).json(),
                        now -> now.path("state").asText().equals(state));
    }

    /** Waits until that version of the plugin runs. */
    void awaitVersion(String id, String version) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> ada.get("/api/v1/plugins/" + id).json(),
                        now -> now.path("version").asText().equals(version)
                                && now.path("state").asText().equals("ACTIVE"));
    }

    Answer upload(Path jar) throws IOException {
        return ada.upload("POST", "/api/v1/plugins", jar);
    }

    Answer act(String id, String action) {
        return ada.post("/api/v1/plugins/" + id + "/" + action, Map.of());
    }

    String problem(String id) {
        return ada.get("/api/v1/plugins/" + id).json().path("problem").asText();
    }

    /** What was recorded of that action since this test began, the newest first: resource and outcome. */
    List<String> audited(String action) {
        return ada.items("/api/v1/audit?action=" + action + "&from=" + begun).stream()
                .map(entry -> entry.get("resource").asText() + " "
                        + entry.get("outcome").asText())
                .toList();
    }
}
