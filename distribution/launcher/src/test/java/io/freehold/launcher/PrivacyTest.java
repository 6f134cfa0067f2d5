package io.freehold.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that others can get at keep Freehold from starting. */
class PrivacyTest {
    @TempDir
    Path home;

    private Path data;

    @BeforeEach
    void install() throws IOException {
        data = make("data", "rwx------");
        make("data/keys", "rwx------");
        for (String name : new String[] {"freehold.db", "freehold.db-wal", "setup-token", "keys/secrets.key"}) {
            Files.createFile(data.resolve(name));
            mode(data.resolve(name), "rw-------");
        }
    }

    @Test
    void whatIsClosedIsFine() {
        Privacy.require(configuration());
    }

    @ParameterizedTest
    @CsvSource({
        ".,700",
        "keys,700",
        "keys/secrets.key,600",
        "freehold.db,600",
        "freehold.db-wal,600",
        "setup-token,600",
    })
    void whatIsOpenIsRefusedWithTheCommandThatClosesIt(String name, String cure) throws IOException {
        Path path = data.resolve(name).normalize();
        mode(path, Files.isDirectory(path) ? "rwx--x---" : "rw-r-----");

        refused("run chmod " + cure + " " + path);
    }

    @Test
    void aKeyThatIsALinkIsRefused() throws IOException {
        Files.createSymbolicLink(data.resolve("keys/other.key"), data.resolve("keys/secrets.key"));

        refused("keys/other.key is open to others");
    }

    @Test
    void anEmptyDataFolderIsClosedInSilenceSinceNothingIsInIt() throws IOException {
        Path empty = make("empty", "rwxr-xr-x");

        Privacy.require(Configuration.read(home, Map.of("FREEHOLD_DATA", empty.toString())));
    }

    @Test
    void aDataFolderThatIsNotThereIsMadeLater() {
        Privacy.require(Configuration.read(home, Map.of("FREEHOLD_DATA", "/dev/null/data")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "database.url = postgresql://ann:word@127.0.0.1/x",
                "secrets.key = c2VjcmV0",
                "tls.keystore.password = changeit"
            })
    void settingsWithASecretAreForTheOwnerAndPerhapsAGroup(String line) throws IOException {
        make("etc", "rwxr-xr-x");
        Path file = Files.writeString(home.resolve("etc/freehold.cfg"), line + "\n");
        mode(file, "rw-r--r--");
        refused("run chmod o=,g-w " + file);
        mode(file, "rw-rw----");
        refused("run chmod o=,g-w " + file);
        mode(file, "rw-r-----");
        Privacy.require(configuration());
    }

    @Test
    void settingsWithoutASecretMayBeReadByEverybody() throws IOException {
        make("etc", "rwxr-xr-x");
        mode(Files.writeString(home.resolve("etc/freehold.cfg"), "http.port = 1\ndatabase.url =\n"), "rw-r--r--");

        Privacy.require(configuration());
    }

    private Configuration configuration() {
        return Configuration.read(home, Map.of());
    }

    private void refused(String says) {
        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> Privacy.require(configuration()))
                .withMessageContaining(says)
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(ExitStatus.FAILED));
    }

    private Path make(String name, String mode) throws IOException {
        return mode(Files.createDirectories(home.resolve(name)), mode);
    }

    private static Path mode(Path path, String mode) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
