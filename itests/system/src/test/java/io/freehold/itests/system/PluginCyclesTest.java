package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that come, change and go all the time while everything else is used. */
class PluginCyclesTest {
    private static final String GREETING = "/api/v1/plugins/provider-hello/greetings";
    private static final String LOADER = "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";

    @TempDir
    Path folder;

    private Path deploy;
    private Freehold freehold;
    private Client ada;

    @BeforeEach
    void start() throws IOException {
        deploy = Files.createDirectory(folder.resolve("deploy"));
        freehold = new Freehold(folder.resolve("data"))
                .with("FREEHOLD_DEPLOY_FOLDER", deploy.toString())
                .start();
        ada = freehold.setUp();
    }

    @AfterEach
    void end() {
        freehold.close();
    }

    @Test
    void aHundredCyclesDisturbNobodyAndLeaveNothingBehind() throws Exception {
        cycle(100);
    }

    @Test
    @Tag("full")
    void aThousandCyclesDisturbNobodyAndLeaveNothingBehind() throws Exception {
        cycle(1_000);
    }

    private void cycle(int times) throws Exception {
        Path old = Files.write(folder.resolve("old.jar"), TestPlugin.withVersion(example(), "1.0.0"));
        Path young = Files.write(folder.resolve("young.jar"), TestPlugin.withVersion(example(), "1.1.0"));
        once(old, young);
        Jvm jvm = new Jvm(freehold.pid());
        Map<String, Long> threads = jvm.threads();
        Duration quiet;
        try (Load load = new Load(freehold, 4)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> load.requests() > 4_000);
            quiet = load.p99();
        }
        List<Long> millis = new ArrayList<>();
        try (EventStream events = EventStream.open(ada, "/api/v1/events");
                Load load = new Load(freehold, 4)) {
            for (int i = 0; i < times; i++) {
                millis.add(once(old, young));
            }
            assertThat(load.failures()).isEmpty();
            Collections.sort(millis);
            System.out.printf(
                    "%d cycles: jar to first 200 %d ms median; p99 of others %d ms, %d ms without; %d requests%n",
                    times, millis.get(times / 2), load.p99().toMillis(), quiet.toMillis(), load.requests());
            assertThat(events.ended()).isFalse();
        }
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            assertThat(jvm.instances(LOADER)).isLessThanOrEqualTo(bundles());
            assertThat(jvm.instances("io.freehold.examples.hello.HelloProvider"))
                    .isZero();
            jvm.assertNoThreadsBut(threads);
        });
    }

    /** The example plugin, as its own build made it. */
    static Path example() {
        Path jar = Path.of(System.getProperty("freehold.test.plugin"));
        assumeTrue(Files.exists(jar), "skipped: the example plugin is not built; build itests/sdk");
        return jar;
    }

    private long bundles() {
        return freehold.command("bundle", "list").lines().stream()
                .filter(line -> line.contains("ACTIVE"))
                .count();
    }

    /** Adds, updates and removes; answers how many milliseconds passed from the jar's coming to the first 200. */
    private long once(Path old, Path young) throws IOException {
        Path file = deploy.resolve("hello.jar");
        Files.copy(old, file);
        long before = System.nanoTime();
        untilAnswers(200);
        long millis = (System.nanoTime() - before) / 1_000_000;
        Files.copy(young, file, StandardCopyOption.REPLACE_EXISTING);
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> ada.get("/api/v1/plugins/provider-hello").json(),
                        now -> now.path("version").asText().equals("1.1.0")
                                && now.path("state").asText().equals("ACTIVE"));
        assertThat(ada.get(GREETING).status()).isEqualTo(200);
        assertThat(ada.get("/api/v1/providers").text()).contains("\"1.1.0\"");
        Files.delete(file);
        untilAnswers(404);
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> ada.get("/api/v1/plugins/provider-hello").status() == 404);
        return millis;
    }

    private void untilAnswers(int status) {
        await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> ada.get(GREETING).status() == status);
    }
}
