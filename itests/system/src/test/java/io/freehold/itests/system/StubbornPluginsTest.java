package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plugins whose activators do not return when they should. */
class StubbornPluginsTest extends PluginTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    /** What waits for the limit is over by then. */
    private static final Duration SOON = LIMIT.plusSeconds(4);

    /** Another one for each test: nothing can be done with one whose activator has not returned. */
    private String id;

    private int count;

    @BeforeEach
    void name() {
        id = "com.example.waiting-" + ++count;
    }

    @Override
    void configure(Freehold given) {
        given.with("FREEHOLD_PLUGIN_TIMEOUT", LIMIT.toSeconds() + "s");
    }

    private TestPlugin waiting(String version, String header, Path file) {
        return plugin(id, version)
                .header("Import-Package", "org.osgi.framework")
                .header("Bundle-Activator", "io.freehold.itests.system.plugin.Waiting")
                .header(header, file.toString())
                .type("Waiting");
    }

    /** An answer that says, within the limit, that it does not stop. */
    private static void busy(Supplier<Answer> asked) {
        long before = System.nanoTime();
        Answer answer = asked.get();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.get("code")).isEqualTo("PLUGIN_BUSY");
    }

    @Test
    void oneThatDoesNotStopHoldsUpNeitherOthersNorTheEnd() throws Exception {
        Path file = folder.resolve("may-stop");
        assertThat(upload(us.signed("first.jar", waiting("1.0.0", "Stop-When", file)))
                        .status())
                .isEqualTo(201);
        assertThat(act(id, "enable").status()).isEqualTo(200);

        Path second = us.signed("second.jar", waiting("2.0.0", "Stop-When", file));
        busy(() -> {
            try {
                return upload(second);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertThat(awaitPlugin(id, "FAILED").path("problem").asText())
                .contains("2.0.0 was refused: It did not stop within 2 seconds");
        busy(() -> act(id, "disable"));
        busy(() -> ada.delete("/api/v1/plugins/" + id));
        assertThat(audited("plugin.uninstall"))
                .containsExactly("plugins/" + id + " FAILURE", "plugins/" + id + " INTENT");
        deploy("hello.jar", TestPlugin.hello("1.0.0").bytes());
        awaitPlugin("com.example.hello", "ACTIVE");

        Files.createFile(file);
        Answer disabled = await().atMost(Duration.ofSeconds(10))
                .until(() -> act(id, "disable"), answer -> answer.status() == 200);
        assertThat(disabled.get("state")).isEqualTo("DISABLED");
        assertThat(disabled.get("version")).isEqualTo("1.0.0");
        Files.delete(file);
        assertThat(act(id, "enable").status()).isEqualTo(200);
        long before = System.nanoTime();
        freehold.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
        freehold.start();
        ada = freehold.signIn();
        assertThat(awaitPlugin(id, "ACTIVE").path("version").asText()).isEqualTo("1.0.0");
        assertThat(ada.get("/api/v1/audit/verify").get("ok")).isEqualTo("true");
        Files.createFile(file);
    }

    @Test
    void oneThatStandsOnAnotherAndDoesNotStopLeavesTheOtherFree() throws Exception {
        Path file = folder.resolve("may-stop-now");
        deploy(
                "shared.jar",
                plugin("com.example.shared", "1.0.0")
                        .header("Export-Package", "com.example.shared")
                        .entry("com/example/shared/there.txt", "x")
                        .bytes());
        awaitPlugin("com.example.shared", "ACTIVE");
        deploy(
                "waiting.jar",
                waiting("1.0.0", "Stop-When", file)
                        .header("Import-Package", "org.osgi.framework,com.example.shared")
                        .bytes());
        awaitPlugin(id, "ACTIVE");
        Files.delete(deploy.resolve("shared.jar"));
        await().atMost(SOON)
                .until(() -> ada.get("/api/v1/plugins/com.example.shared").status() == 404);
        assertThat(awaitPlugin(id, "FAILED").path("problem").asText()).contains("did not stop within 2 seconds");
        Files.createFile(file);
    }

    @Test
    void oneThatNeverStartsHoldsUpNothingElse() throws IOException {
        deploy(
                "never.jar",
                waiting("1.0.0", "Start-When", folder.resolve("never")).bytes());
        awaitPlugin(id, "STARTING");
        deploy("hello.jar", TestPlugin.hello("1.0.0").bytes());
        awaitPlugin("com.example.hello", "ACTIVE");
        assertThat(ada.get(GREETING).status()).isEqualTo(200);
        assertThat(awaitPlugin(id, "FAILED").path("problem").asText()).contains("did not start within 2 seconds");
        assertThat(freehold.stop().status()).isZero();
    }

    @Test
    void oneThatReturnsLateIsStoppedAgain() throws Exception {
        Path file = folder.resolve("may-start");
        deploy("late.jar", waiting("1.0.0", "Start-When", file).bytes());
        assertThat(awaitPlugin(id, "FAILED").path("problem").asText()).contains("did not start within 2 seconds");
        assertThat(bundle()).contains("STARTING");
        Files.createFile(file);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(bundle()).doesNotContain("STARTING", "ACTIVE", "STOPPING"));
        assertThat(problem(id)).contains("did not start within 2 seconds");
    }

    private String bundle() {
        return freehold.command("bundle", "list").lines().stream()
                .filter(line -> line.contains(id))
                .findFirst()
                .orElse("");
    }
}
