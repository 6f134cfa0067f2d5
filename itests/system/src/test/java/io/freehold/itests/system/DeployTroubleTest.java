package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The deploy folder when files change too fast, cannot be kept or are not signed, and after kills. */
class DeployTroubleTest extends PluginTest {
    @Test
    void aFileThatIsOverwrittenTwiceQuicklyIsItsLastVersion() throws IOException {
        deploy("hello.jar", TestPlugin.hello("1.0.0").bytes());
        awaitPlugin("com.example.hello", "ACTIVE");
        byte[] second = TestPlugin.hello("2.0.0").bytes();
        byte[] third = TestPlugin.hello("3.0.0").bytes();
        deploy("hello.jar", second);
        deploy("hello.jar", third);
        awaitVersion("com.example.hello", "3.0.0");
        assertThat(ada.items("/api/v1/plugins")).hasSize(1);
        assertThat(awaitPlugin("com.example.hello", "ACTIVE").path("problem").isNull())
                .isTrue();
        assertThat(ada.get(GREETING).status()).isEqualTo(200);
        assertThat(audited("plugin.update")).noneMatch(entry -> entry.contains("FAILURE"));
    }

    @Test
    void whatCannotBeKeptIsRefusedAndWhatWasThereGoesOn() throws Exception {
        deploy("hello.jar", TestPlugin.hello("1.0.0").bytes());
        awaitPlugin("com.example.hello", "ACTIVE");
        Path kept = freehold.data().resolve("plugins");
        Path aside = Files.move(kept, folder.resolve("aside"));
        Files.writeString(kept, "no folder");

        deploy("hello.jar", TestPlugin.hello("2.0.0").bytes());
        assertThat(awaitPlugin("hello.jar", "FAILED").path("problem").asText())
                .contains("cannot be copied into the data folder");
        JsonNode plugin = awaitPlugin("com.example.hello", "ACTIVE");
        assertThat(plugin.path("version").asText()).isEqualTo("1.0.0");
        assertThat(ada.get(GREETING).status()).isEqualTo(200);

        Files.delete(kept);
        Files.move(aside, kept);
        deploy("hello.jar", TestPlugin.hello("2.0.0").bytes());
        awaitVersion("com.example.hello", "2.0.0");
        assertThat(ada.items("/api/v1/plugins")).hasSize(1);
    }

    @Test
    void copiesThatAKillLeftBehindAreGoneAfterTheNextStart() throws IOException {
        deploy("hello.jar", TestPlugin.hello("1.0.0").bytes());
        awaitPlugin("com.example.hello", "ACTIVE");
        freehold.kill();
        Path orphan = Files.writeString(freehold.data().resolve("plugins").resolve("0".repeat(64) + ".jar"), "x");
        freehold.start();
        ada = freehold.signIn();
        awaitPlugin("com.example.hello", "ACTIVE");
        assertThat(orphan).doesNotExist();
        assertThat(orphan.getParent()).isDirectoryContaining("glob:**.jar");
        assertThat(ada.get(GREETING).status()).isEqualTo(200);
    }

    @Test
    void aFolderThatTakesOnlyWhatIsSignedRefusesAndRecordsTheRest() throws IOException {
        deploy("before.jar", TestPlugin.empty("com.example.before", "1.0.0").bytes());
        awaitPlugin("com.example.before", "ACTIVE");
        freehold.stop();
        freehold.with("FREEHOLD_DEPLOY_POLICY", "signed").start();
        ada = freehold.signIn();
        // The next test finds the policy as it was.
        freehold.with("FREEHOLD_DEPLOY_POLICY", "any");
        deploy("hello.jar", TestPlugin.hello("1.0.0").bytes());
        assertThat(awaitPlugin("com.example.hello", "FAILED").path("problem").asText())
                .contains("not signed");
        assertThat(awaitPlugin("com.example.before", "FAILED").path("problem").asText())
                .contains("not signed");
        assertThat(audited("plugin.install"))
                .contains("plugins/com.example.hello FAILURE")
                .doesNotContain("plugins/com.example.hello SUCCESS");

        deploy("hello.jar", Files.readAllBytes(us.signed("signed.jar", TestPlugin.hello("1.1.0"))));
        assertThat(awaitPlugin("com.example.hello", "ACTIVE").path("publisher").asText())
                .isEqualTo("us");
        assertThat(ada.get(GREETING).status()).isEqualTo(200);
        freehold.stop();
    }

    @Test
    void afterAKillThePluginsAreWhatTheFilesAre() throws Exception {
        for (int i = 1; i <= 3; i++) {
            String version = i + ".0.0";
            long before = served();
            deploy("hello.jar", TestPlugin.hello(version).bytes());
            // In the middle of whatever it is doing with the file.
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> served() > before
                            || ada.get("/api/v1/plugins/com.example.hello")
                                    .text()
                                    .contains(version));
            freehold.kill();
            freehold.start();
            ada = freehold.signIn();
            awaitVersion("com.example.hello", version);
            await().until(() -> ada.get(GREETING).status() == 200);
            assertThat(ada.get("/api/v1/audit/verify").get("ok")).isEqualTo("true");
        }
        deploy("hello.jar", TestPlugin.hello("4.0.0").bytes());
        freehold.kill();
        Files.delete(deploy.resolve("hello.jar"));
        freehold.start();
        ada = freehold.signIn();
        await().until(() -> ada.items("/api/v1/plugins").isEmpty());
        assertThat(ada.get(GREETING).status()).isEqualTo(404);
    }

    private long served() {
        return freehold.output().stream()
                .filter(line -> line.contains("Serving the plugin com.example.hello"))
                .count();
    }
}
