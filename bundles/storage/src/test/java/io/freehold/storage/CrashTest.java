package io.freehold.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freehold.api.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed, and a disk that refuses: nothing acknowledged is lost. */
class CrashTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void noAcknowledgedWriteIsLostWhenTheProcessIsKilledOnSqlite() throws Exception {
        killedAgainAndAgain(Settings.of(Map.of("freehold.data", folder.toString())::get));
    }

    @Test
    void processesThatAreKilledLeaveOneNativeLibraryAtTheMost() throws Exception {
        Settings settings = Settings.of(Map.of("freehold.data", folder.toString())::get);
        for (int round = 0; round < 3; round++) {
            try (WritingProcess process = WritingProcess.start(settings)) {
                await().atMost(PATIENCE).until(() -> process.count() > 0);
            }
        }
        try (var left = Files.newDirectoryStream(folder.resolve("cache/sqlite"), "*.so")) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void noAcknowledgedWriteIsLostWhenTheProcessIsKilledOnPostgres() throws Exception {
        try (PostgresSchema schema = PostgresSchema.create()) {
            killedAgainAndAgain(schema.settings(folder));
        }
    }

    private void killedAgainAndAgain(Settings settings) throws Exception {
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            try (WritingProcess process = WritingProcess.start(settings)) {
                await().atMost(PATIENCE).until(() -> process.count() > 200);
                acknowledged.addAll(process.kill());
            }
            assertThat(stored(settings)).containsAll(acknowledged);
        }
    }

    @Test
    void aDiskThatRefusesAcknowledgesNothingGoesOnReadingAndRecovers() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "skipped: no prlimit (util-linux)");
        Settings settings = Settings.of(Map.of("freehold.data", folder.toString())::get);
        List<String> acknowledged;
        try (WritingProcess process = WritingProcess.start(settings)) {
            await().atMost(PATIENCE).until(() -> process.count() > 10);
            limitFileSize(process.pid(), "65536");
            await().atMost(PATIENCE).until(() -> process.sees("- "));
            await().atMost(PATIENCE).until(() -> process.sees("= "));
            limitFileSize(process.pid(), "unlimited");
            int before = process.count();
            await().atMost(PATIENCE).until(() -> process.count() > before + 50);
            acknowledged = process.kill();
        }

        assertThat(stored(settings)).containsAll(acknowledged);
    }

    private static void limitFileSize(long pid, String soft) throws Exception {
        int status = new ProcessBuilder("/usr/bin/prlimit", "--pid", String.valueOf(pid), "--fsize=" + soft + ":")
                .inheritIO()
                .start()
                .waitFor();
        assertThat(status).isZero();
    }

    private static List<String> stored(Settings settings) throws Exception {
        try (Storage storage = Storage.open(settings)) {
            return storage.transactions().read(TransactionsContract::select);
        }
    }
}
