package io.freehold.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.freehold.api.Settings;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opening: what cannot work is refused with one clear line. */
class StorageTest {
    @TempDir
    Path folder;

    private Settings settings(String url) {
        Map<String, String> values = new HashMap<>(Map.of("freehold.data", folder.toString()));
        values.put("freehold.database.url", url);
        return Settings.of(values::get);
    }

    private void refused(String url, String says) {
        assertThatThrownBy(() -> Storage.open(settings(url)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(says)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    @Test
    void theFolderIsMadeForItsOwnerAlone() throws Exception {
        Path deeper = folder.resolve("a/data");
        Storage.open(Settings.of(Map.of("freehold.data", deeper.toString())::get))
                .close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(deeper)))
                .isEqualTo("rwx------");
    }

    @Test
    void aSecondFreeholdOnTheSameFolderIsRefusedUntilTheFirstEnds() throws Exception {
        try (Storage first = Storage.open(settings(""))) {
            refused("", "Another Freehold is using the data folder");
        }
        Storage.open(settings("")).close();
    }

    @Test
    void aFolderThatCannotBeWrittenToIsRefused() throws Exception {
        assumeFalse("root".equals(System.getProperty("user.name")), "skipped: root may write everywhere");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));

        refused("", "cannot be written to: permission denied");
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Settings settings = Settings.of(Map.of("freehold.data", file.toString())::get);

        assertThatThrownBy(() -> Storage.open(settings))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("it is not a folder");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndNotTouched() throws Exception {
        Path file = folder.resolve("freehold.db");
        Files.writeString(file, "not a database, but long enough to be looked at as one".repeat(100));
        byte[] before = Files.readAllBytes(file);

        refused("", "damaged or not a database");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aDamagedDatabaseIsRefused() throws Exception {
        Storage.open(settings("")).close();
        Path file = folder.resolve("freehold.db");
        byte[] bytes = Files.readAllBytes(file);
        // The first page's table of the schema, behind the header of 100 bytes.
        java.util.Arrays.fill(bytes, 100, 120, (byte) 0x5a);
        Files.write(file, bytes);

        refused("", "damaged");
    }

    @Test
    void aDatabaseInUseByAnotherProgramIsRefused() throws Exception {
        Storage.open(settings("")).close();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("freehold.db"))) {
            TransactionsContract.execute(other, "BEGIN IMMEDIATE");

            refused("", "another program is using it");
        }
    }

    @Test
    void aFailureGivesTheFolderFree() throws Exception {
        refused("mysql://localhost/x", "database.url must begin with");

        Storage.open(settings("")).close();
    }

    @Test
    void aServerThatDoesNotAnswerIsRefusedWithoutThePassword() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        String url = "postgresql://user:s3cret@127.0.0.1:" + free + "/x";

        refused(url, "The PostgreSQL at 127.0.0.1");
        assertThatThrownBy(() -> Storage.open(settings(url))).hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://db.example/x, names another machine: add sslmode=verify-full",
        "jdbc:postgresql://db.example/x?sslmode=require, names another machine",
        "'jdbc:postgresql://localhost,db.example/x', names another machine",
        "postgresql://u:p%40@10.0.0.1/x?sslmode=verify-ca, names another machine",
        "postgresql://db.example/x?sslmode=verify-full&sslfactory=org.postgresql.ssl.NonValidatingFactory, must not set",
        "jdbc:postgresql://localhost:port/x, not a valid PostgreSQL URL",
        "postgresql://u:s3cret ^@localhost/x, not a valid URL",
    })
    void anUnsafeOrBrokenUrlIsRefusedWithoutRepeatingIt(String url, String says) {
        refused(url, says);
        assertThatThrownBy(() -> Storage.open(settings(url))).hasMessageNotContaining("s3cret");
    }
}
