package io.freehold.itests.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A Freehold with a deploy folder and a trusted publisher of its own. */
abstract class PluginTest {
    @TempDir
    Path folder;

    Publisher us;
    Path trusted;
    Path deploy;
    Freehold freehold;
    Client ada;

    @BeforeEach
    void start() throws IOException {
        us = new Publisher(folder);
        deploy = Files.createDirectory(folder.resolve("deploy"));
        freehold = new Freehold(folder.resolve("data")).with("FREEHOLD_DEPLOY_FOLDER", deploy.toString());
        trusted = freehold.home().resolve("etc/trusted-publishers");
        us.exportCertificate(trusted.resolve("us.pem"));
        freehold.start();
        ada = freehold.setUp();
    }

    @AfterEach
    void end() throws IOException {
        if (freehold != null) {
            freehold.close();
        }
        if (trusted != null) {
            // The installation is shared with the other tests.
            for (String file : new String[] {"us.pem", "other.pem", "revoked"}) {
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

    JsonNode awaitPlugin(String id, String state) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> ada.get("/api/v1/plugins/" + id).json(),
                        now -> now.path("state").asText().equals(state));
    }

    Answer upload(Path jar) throws IOException {
        return ada.upload("POST", "/api/v1/plugins", jar);
    }

    Answer act(String id, String action) {
        return ada.post("/api/v1/plugins/" + id + "/" + action, java.util.Map.of());
    }

    String problem(String id) {
        return ada.get("/api/v1/plugins/" + id).json().path("problem").asText();
    }
}
