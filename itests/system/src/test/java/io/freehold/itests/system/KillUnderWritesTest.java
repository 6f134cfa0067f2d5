package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} while users are made: who was acknowledged is there after the restart. */
class KillUnderWritesTest {
    private static final int WRITERS = 4;

    @TempDir
    Path folder;

    private Freehold freehold;
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        if (freehold != null) {
            freehold.close();
        }
    }

    @Test
    void nothingAcknowledgedIsLostInThreeRounds() throws Exception {
        rounds(3);
    }

    @Test
    @Tag("full")
    void nothingAcknowledgedIsLostInTwentyRounds() throws Exception {
        rounds(20);
    }

    private void rounds(int count) throws Exception {
        freehold = new Freehold(folder.resolve("data")).start();
        freehold.setUp();
        for (int round = 0; round < count; round++) {
            killWhileWriting(round);
            long began = System.nanoTime();
            Client again = freehold.start().signIn();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
            assertThat(again.items("/api/v1/users"))
                    .extracting(user -> user.path("username").asText())
                    .containsAll(acknowledged);
            assertThat(again.get("/api/v1/audit/verify").json().path("ok").asBoolean())
                    .isTrue();
        }
    }

    private void killWhileWriting(int round) throws Exception {
        Client admin = freehold.signIn();
        int before = acknowledged.size();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            String prefix = "user-" + round + "-" + writer + "-";
            writers.add(threads.submit(() -> writeUntilItEnds(admin, prefix)));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> acknowledged.size() >= before + 2 * WRITERS);
        freehold.kill();
        for (Future<?> writer : writers) {
            writer.get(30, TimeUnit.SECONDS);
        }
        threads.shutdown();
    }

    private void writeUntilItEnds(Client admin, String prefix) {
        for (int i = 0; ; i++) {
            String name = prefix + i;
            try {
                Answer made = admin.post("/api/v1/users", Map.of("username", name, "password", Client.PASSWORD));
                // 429: more are hashing passwords than this machine likes. Nothing was acknowledged.
                assertThat(made.status()).as(made.text()).isIn(201, 429);
                if (made.status() == 201) {
                    acknowledged.add(name);
                }
            } catch (UncheckedIOException e) {
                return; // it was killed
            }
        }
    }
}
