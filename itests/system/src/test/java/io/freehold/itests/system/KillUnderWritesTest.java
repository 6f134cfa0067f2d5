package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} while groups are made: what was acknowledged is there after the restart. */
class KillUnderWritesTest {
    private static final String THINGS = "/api/v1/groups";
    private static final Duration AGAIN_WITHIN = Duration.ofSeconds(10);
    private static final int ROUNDS_EACH = 20;
    private static final int WRITERS = 4;
    /** How many of the thousand rounds passed: when they are broken off, the next run goes on after them. */
    private static final Path DONE = Path.of("target/kill-rounds");

    @TempDir
    Path folder;

    private Freehold freehold;
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private int before;

    @AfterEach
    void stop() {
        if (freehold != null) {
            freehold.close();
        }
    }

    @Test
    void nothingAcknowledgedIsLostInTwentyRounds() throws Exception {
        rounds(20, 0);
    }

    @Test
    @Tag("full")
    void nothingAcknowledgedIsLostInAThousandRounds() throws Exception {
        int first = Files.exists(DONE) ? Integer.parseInt(Files.readString(DONE)) : 0;
        rounds(1_000, first);
        Files.delete(DONE);
    }

    /** Twenty rounds on one installation, then a new one: what is compared after each must not grow for ever. */
    private void rounds(int count, int first) throws Exception {
        Duration slowest = Duration.ZERO;
        long kept = 0;
        for (int round = first; round < count; round++) {
            if (freehold == null || round % ROUNDS_EACH == 0) {
                begin("data-" + round);
            }
            killWhileWriting(round);
            long began = System.nanoTime();
            freehold.start();
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
            Client again = freehold.signIn();
            assertThat(again.items(THINGS))
                    .extracting(group -> group.path("name").asText())
                    .containsAll(acknowledged);
            if (count > ROUNDS_EACH) {
                Files.writeString(DONE, Integer.toString(round + 1));
            }
            kept = kept + acknowledged.size() - before;
            before = acknowledged.size();
            assertThat(again.get("/api/v1/audit/verify").json().path("ok").asBoolean())
                    .isTrue();
        }
        System.out.printf(
                "figure: kill -9 under writes, %d times: %d writes acknowledged, 0 lost; serving again after %d ms at the most%n",
                count - first, kept, slowest.toMillis());
        assertThat(slowest).isLessThan(AGAIN_WITHIN);
    }

    private void begin(String data) {
        if (freehold != null) {
            freehold.close();
        }
        acknowledged.clear();
        before = 0;
        freehold = new Freehold(folder.resolve(data)).start();
        freehold.setUp();
    }

    private void killWhileWriting(int round) throws Exception {
        Client admin = freehold.signIn();
        // A different moment each time, and the same ones in each run.
        int writes = WRITERS + new Random(round).nextInt(200);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            String prefix = "group-" + round + "-" + writer + "-";
            writers.add(threads.submit(() -> writeUntilItEnds(admin, prefix)));
        }
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> acknowledged.size() >= before + writes);
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
                // Groups, because nothing is hashed for them: as many writes as the database takes.
                Answer made = admin.post(THINGS, Map.of("name", name));
                assertThat(made.status()).as(made.text()).isEqualTo(201);
                acknowledged.add(name);
            } catch (UncheckedIOException e) {
                return; // it was killed
            }
        }
    }
}
