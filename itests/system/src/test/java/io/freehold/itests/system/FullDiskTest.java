package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder on a file system of eight megabytes that is full: nothing is acknowledged that is not kept. */
class FullDiskTest {
    private static final String DISK = "8m";
    /** How many writes are refused before it is believed that there is no room. */
    private static final int REFUSALS = 10;
    /** What a few writes take. */
    private static final long ROOM = 256 * 1024;

    @TempDir
    Path folder;

    private Path data;
    private Path ballast;
    private Freehold freehold;
    private final Set<String> acknowledged = new HashSet<>();
    private int number;

    @BeforeEach
    void mount() throws Exception {
        data = Files.createDirectory(folder.resolve("data"));
        ballast = data.resolve("ballast");
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + DISK + ",mode=0700", "tmpfs", data.toString()),
                "skipped: a small file system cannot be mounted here (it takes root)");
        freehold = new Freehold(data);
    }

    @AfterEach
    void unmount() throws Exception {
        if (freehold != null) {
            freehold.close();
            assertThat(run("umount", data.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void aFullDiskAcknowledgesNothingGoesOnReadingAndIsWrittenAgainWhenThereIsRoom() throws Exception {
        Client admin = freehold.start().setUp();
        assertThat(write(admin)).isEqualTo(201);

        int refused = 0;
        Duration slowest = Duration.ZERO;
        for (int round = 0; round < 2; round++) {
            fill();
            for (int i = 0; i < REFUSALS; ) {
                long began = System.nanoTime();
                if (write(admin) != 201) {
                    i++;
                    Duration took = Duration.ofNanos(System.nanoTime() - began);
                    slowest = took.compareTo(slowest) > 0 ? took : slowest;
                }
                assertThat(admin.get("/api/v1/users").status()).isEqualTo(200);
            }
            refused += REFUSALS;
            assertThat(slowest).isLessThan(Duration.ofSeconds(5));
            assertThat(usernames(admin)).containsAll(acknowledged);
            Files.delete(ballast);
            await().atMost(Duration.ofSeconds(5)).until(() -> write(admin) == 201);
        }

        freehold.kill();
        Client again = freehold.start().signIn();
        Set<String> kept = usernames(again);
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeAll(kept);
        kept.removeAll(acknowledged);
        System.out.printf(
                "figure: full disk: %d writes acknowledged, %d lost, %d refused, the slowest of them after %d ms; %d there that were refused%n",
                acknowledged.size(), lost.size(), refused, slowest.toMillis(), kept.size() - 1);
        assertThat(lost).isEmpty();
        assertThat(kept).containsExactly(Client.ADMIN);
        assertThat(again.get("/api/v1/audit/verify").json().path("ok").asBoolean())
                .isTrue();
    }

    private int write(Client admin) {
        String name = "user-" + number++;
        Answer made = admin.post("/api/v1/users", Map.of("username", name, "password", Client.PASSWORD));
        assertThat(made.status()).as(made.text()).isIn(201, 503);
        if (made.status() == 201) {
            acknowledged.add(name);
        }
        return made.status();
    }

    private static Set<String> usernames(Client client) {
        Set<String> names = new HashSet<>();
        client.items("/api/v1/users")
                .forEach(user -> names.add(user.path("username").asText()));
        return names;
    }

    /** Leaves room for a few writes more. */
    private void fill() throws IOException {
        byte[] page = new byte[4096];
        try (FileChannel channel = FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThatThrownBy(() -> {
                        while (true) {
                            channel.write(ByteBuffer.wrap(page));
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left");
            channel.truncate(channel.size() - ROOM);
        }
    }
}
