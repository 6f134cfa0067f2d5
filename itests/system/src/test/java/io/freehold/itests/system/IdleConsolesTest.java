package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consoles that are open and at which nobody does anything cost little, and slow nobody. */
class IdleConsolesTest {
    private static final long BYTES_EACH = 20 * 1024;
    /** Below this a difference of two times is noise. */
    private static final Duration NOISE = Duration.ofMillis(50);

    private static final int CLIENTS = 2;
    private static final int FIRST = 20;

    @TempDir
    Path folder;

    private Docker docker;
    private Freehold freehold;
    private Client ada;
    private String instance;

    @BeforeEach
    void start() {
        docker = Docker.engine();
        freehold = new Freehold(folder.resolve("data")).start();
        ada = freehold.setUp();
        instance =
                Hosting.running(ada, Hosting.backend(ada, "home", docker.url()), docker.name("idle"), docker.image());
    }

    @AfterEach
    void stop() {
        if (freehold != null) {
            freehold.close();
            docker.close();
        }
    }

    @Test
    void threeHundredCostTwentyKilobytesEachAtMost() throws Exception {
        open(300);
    }

    @Test
    @Tag("full")
    void twoThousandCostTwentyKilobytesEachAtMost() throws Exception {
        open(2_000);
    }

    private void open(int count) throws Exception {
        Answer token = ada.post(
                "/api/v1/api-tokens",
                Map.of(
                        "name",
                        "idle",
                        "expiresAt",
                        Instant.now().plusSeconds(3600).toString()));
        String path = "/api/v1/instances/" + instance + "/console";
        Jvm jvm = new Jvm(freehold.pid());
        try (IdleSockets sockets = new IdleSockets()) {
            Duration quiet = p99();
            // The first ones load classes and start threads.
            for (int i = 0; i < FIRST; i++) {
                sockets.open(ada.address(), path, token.get("secret"));
            }
            long before = jvm.heap();
            for (int i = 0; i < count; i++) {
                sockets.open(ada.address(), path, token.get("secret"));
            }
            long each = (jvm.heap() - before) / count;
            Duration busy = p99();
            System.out.printf(
                    "figure: %d idle consoles: %d bytes of heap each; p99 of a call %d µs, %d µs without them%n",
                    count, each, busy.toNanos() / 1000, quiet.toNanos() / 1000);
            assertThat(sockets.ended()).isZero();
            assertThat(each).isLessThan(BYTES_EACH);
            assertThat(busy).isLessThan(quiet.multipliedBy(2).plus(NOISE));
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> jvm.instances("io.freehold.rest.console.ConsoleSocket") == 0);
    }

    private Duration p99() {
        Latencies latencies = new Latencies();
        try (Load load = new Load(freehold, CLIENTS)) {
            load.measure(latencies);
            await().atMost(Duration.ofMinutes(1)).until(() -> latencies.size() > 2_000);
            assertThat(load.failures()).isEmpty();
        }
        return latencies.p99();
    }
}
