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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Plugins that come, change and go all the time while everything else is used. */
class PluginCyclesTest extends PluginTest {
    private static final String GREETINGS = "/api/v1/plugins/provider-hello/greetings";
    private static final String LOADER = "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader";
    /** How many cycles there are between two rests. */
    private static final int BLOCK = 20;
    /** How many requests of others a rest takes. */
    private static final int REST = 2_000;

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
        Latencies with = new Latencies();
        Latencies without = new Latencies();
        List<Long> millis = new ArrayList<>();
        try (EventStream events = EventStream.open(ada, "/api/v1/events");
                Load load = new Load(freehold, 4)) {
            // What a cold JVM takes counts on neither side.
            rest(load, new Latencies());
            once(old, young);
            while (millis.size() < times) {
                rest(load, without);
                load.measure(with);
                for (int i = 0; i < BLOCK; i++) {
                    millis.add(once(old, young));
                }
            }
            assertThat(load.failures()).isEmpty();
            assertThat(events.ended()).isFalse();
        }
        Collections.sort(millis);
        System.out.printf(
                "%d cycles: jar to first 200 %d ms median; p99 of others %.2f ms in %d requests, without %.2f ms in %d:"
                        + " %.2f times%n",
                times,
                millis.get(times / 2),
                millis(with),
                with.size(),
                millis(without),
                without.size(),
                millis(with) / millis(without));
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            assertThat(jvm.instances(LOADER)).isLessThanOrEqualTo(bundles());
            assertThat(jvm.instances("io.freehold.examples.hello.HelloProvider"))
                    .isZero();
            jvm.assertNoThreadsBut(threads);
        });
    }

    /** Leaves the others alone for a while. */
    private static void rest(Load load, Latencies latencies) {
        load.measure(latencies);
        int enough = latencies.size() + REST;
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> latencies.size() >= enough);
    }

    private static double millis(Latencies latencies) {
        return latencies.p99().toNanos() / 1e6;
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
        awaitVersion("provider-hello", "1.1.0");
        assertThat(ada.get(GREETINGS).status()).isEqualTo(200);
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
                .until(() -> ada.get(GREETINGS).status() == status);
    }
}
