package io.freehold.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freehold.launcher.DataFolder;
import io.freehold.launcher.LauncherException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code freehold user import} says and sends, against an admin socket that gives canned answers. */
class UserCommandTest {
    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private CannedSocket socket;

    @BeforeEach
    void openSocket() throws IOException {
        DataFolder data = new DataFolder(home.resolve("data"));
        data.prepare();
        socket = new CannedSocket(data.socket());
    }

    @AfterEach
    void closeSocket() throws IOException {
        socket.close();
    }

    private int runImport(Path file) throws InterruptedException {
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Cli(
                        home,
                        "0.1.0",
                        Map.of("FREEHOLD_DATA", home.resolve("data").toString()),
                        printed,
                        printed)
                .run(List.of("user", "import", file.toString()));
    }

    @Test
    void aFileOfUsersIsImported() throws Exception {
        socket.answer("POST /api/v1/users/import", 201, "{\"items\":[{\"username\":\"ada\"},{\"username\":\"bob\"}]}");
        Path file = Files.writeString(home.resolve("users.json"), "{\"users\":[]}");

        assertThat(runImport(file)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Imported 2 users.");
        assertThat(socket.received())
                .contains("Content-Type: application/json\r\n")
                .endsWith("\r\n\r\n{\"users\":[]}");
    }

    @Test
    void whatIsWrongInTheFileIsNamed() throws Exception {
        socket.answer("POST /api/v1/users/import", 422, """
                {"detail":"Something is not acceptable.",
                 "violations":[{"field":"users[1].passwordHash","message":"is no hash that is known"}]}""");
        Path file = Files.writeString(home.resolve("users.json"), "{}");

        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> runImport(file))
                .withMessageContaining("cannot import")
                .withMessageEndingWith("not acceptable\n  users[1].passwordHash is no hash that is known");
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> runImport(home.resolve("nowhere.json")))
                .withMessageContaining("there is no file");
    }
}
