package io.freehold.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    @TempDir
    Path folder;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Path deploy;
    private FolderWatch watch;

    /** Takes a file for whole that has a full stop at its end. */
    private final FolderWatch.Listener listener = new FolderWatch.Listener() {
        @Override
        public boolean arrived(String file, boolean patient) throws IOException {
            String text = Files.readString(deploy.resolve(file));
            if (patient && !text.endsWith(".")) {
                return false;
            }
            heard.add(file + ": " + text);
            return true;
        }

        @Override
        public boolean gone(String file) {
            heard.add(file + " is gone");
            return true;
        }

        @Override
        public void caughtUp() {
            heard.add("caught up");
        }
    };

    @BeforeEach
    void start() throws IOException {
        deploy = Files.createDirectory(folder.resolve("deploy"));
        Files.writeString(deploy.resolve("first.jar"), "First.");
        watch = new FolderWatch(deploy, listener, PATIENCE);
        watch.start();
        awaitHeard("first.jar: First.", "caught up");
    }

    @AfterEach
    void stop() throws IOException {
        watch.close();
    }

    private void awaitHeard(String... lines) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(heard).containsExactly(lines));
        heard.clear();
    }

    @Test
    void aFileCountsOnceItHasItsNameAndTemporaryNamesDoNot() throws IOException {
        Files.writeString(deploy.resolve("a.jar.part"), "Part.");
        Files.writeString(deploy.resolve(".b.jar"), "Hidden.");
        Path moved = Files.writeString(deploy.resolve("c.tmp"), "Moved.");
        Files.move(moved, deploy.resolve("c.jar"));
        awaitHeard("c.jar: Moved.");
        Path over = Files.writeString(deploy.resolve("c.tmp"), "Moved over.");
        Files.move(over, deploy.resolve("c.jar"), StandardCopyOption.REPLACE_EXISTING);
        awaitHeard("c.jar: Moved over.");
        Files.move(deploy.resolve("c.jar"), deploy.resolve("d.jar"));
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(heard)
                .containsExactlyInAnyOrder("c.jar is gone", "d.jar: Moved over."));
    }

    @Test
    void whatStaysIncompleteIsHandedOverAllTheSame() throws IOException {
        long before = System.nanoTime();
        Files.writeString(deploy.resolve("half.jar"), "Hal");
        awaitHeard("half.jar: Hal");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(PATIENCE);
        Files.writeString(deploy.resolve("half.jar"), "Half.");
        awaitHeard("half.jar: Half.");
    }

    @Test
    void aFolderThatIsDeletedAndMadeAnewIsWatchedAnew() throws IOException {
        Files.delete(deploy.resolve("first.jar"));
        Files.delete(deploy);
        awaitHeard("first.jar is gone");
        await().atMost(Duration.ofSeconds(10)).until(() -> Files.isDirectory(deploy));
        Files.writeString(deploy.resolve("again.jar"), "Again.");
        awaitHeard("again.jar: Again.");
        Files.writeString(deploy.resolve("again.jar"), "And again.");
        awaitHeard("again.jar: And again.");
    }
}
