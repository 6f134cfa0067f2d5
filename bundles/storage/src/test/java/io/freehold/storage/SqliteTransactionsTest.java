package io.freehold.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database. */
class SqliteTransactionsTest extends TransactionsContract {
    @TempDir
    Path folder;

    @Override
    Settings settings() {
        return Settings.of(Map.of("freehold.data", folder.toString())::get);
    }

    @Test
    void itSaysWhatItIs() {
        assertThat(transactions.description()).startsWith("SQLite 3.");
    }

    @Test
    void everyFileIsForItsOwnerAlone() throws Exception {
        try (var files = Files.list(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void afterClosingTheFileAloneHoldsEverything() throws Exception {
        transactions.write(c -> add(c, "a"));
        transactions.close();

        assertThat(folder.resolve("freehold.db-wal")).doesNotExist();
    }

    @Test
    void aWriteIsRefusedWithinTwoSecondsWhileAnotherProgramHoldsTheDatabaseAndReadsGoOn() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("freehold.db"))) {
            execute(other, "BEGIN IMMEDIATE");
            long began = System.nanoTime();
            assertThatThrownBy(() -> transactions.write(c -> add(c, "a"))).satisfies(TransactionsContract::unavailable);
            assertThat(System.nanoTime() - began).isLessThan(2_000_000_000L);
            assertThat(names()).isEmpty();
            execute(other, "ROLLBACK");
        }
        transactions.write(c -> add(c, "b"));

        assertThat(names()).containsExactly("b");
    }

    @Test
    void aFullDatabaseRefusesWritesGoesOnReadingAndRecovers() {
        transactions.write(c -> add(c, "a"));
        transactions.write(c -> execute(c, "PRAGMA max_page_count = 5"));
        assertThatThrownBy(() -> transactions.write(c -> add(c, "x".repeat(100_000))))
                .satisfies(TransactionsContract::unavailable);
        assertThat(names()).containsExactly("a");
        transactions.write(c -> execute(c, "PRAGMA max_page_count = 100000"));
        transactions.write(c -> add(c, "b"));

        assertThat(names()).containsExactly("a", "b");
    }
}
