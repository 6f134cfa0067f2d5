package io.freehold.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.freehold.launcher.DataFolder;
import io.freehold.launcher.ExitStatus;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code freehold plugin} says and sends, against an admin socket that gives canned answers. */
class PluginCommandTest {
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

    @Test
    void pluginsAreListedInATableWithTheirProblemsBelow() throws InterruptedException {
        socket.answer("GET /api/v1/plugins?limit=1000", 200, """
                {"items":[
                 {"id":"broken.jar","version":"","state":"FAILED","source":"DEPLOYED","publisher":null,
                  "problem":"It is no whole archive."},
                 {"id":"org.example.hello","version":"1.2.0","state":"ACTIVE","source":"UPLOADED","publisher":"acme",
                  "problem":null}]}""");

        assertThat(run("plugin", "list")).isZero();
        assertThat(printed()).isEqualTo("""
                ID                 VERSION  STATE     SOURCE    PUBLISHER
                broken.jar         -        FAILED    deployed  -
                    It is no whole archive.
                org.example.hello  1.2.0    ACTIVE    uploaded  acme
                """);
    }

    @Test
    void thatThereAreNoPluginsIsSaid() throws InterruptedException {
        socket.answer("GET /api/v1/plugins?limit=1000", 200, "{\"items\":[]}");

        assertThat(run("plugin", "list")).isZero();
        assertThat(printed()).isEqualTo("There are no plugins.\n");
    }

    @Test
    void whileNothingIsServedListingSaysSo() {
        socket.answer("GET /api/v1/plugins?limit=1000", 503, "{\"detail\":\"The API is not served at the moment.\"}");

        failed("cannot list the plugins: The API is not served at the moment", "plugin", "list");
    }

    @Test
    void aFileIsSentByteByByte() throws Exception {
        socket.answer("POST /api/v1/plugins", 201, """
                {"id":"org.example.hello","version":"1.2.0","state":"ACTIVE"}""");
        Path jar = Files.writeString(home.resolve("hello.jar"), "PK\0\u00ff\r\n\r\nend", StandardCharsets.ISO_8859_1);

        assertThat(run("plugin", "install", jar.toString())).isZero();
        assertThat(printed()).isEqualTo("org.example.hello 1.2.0 is ACTIVE\n");
        assertThat(socket.received())
                .contains("Content-Type: application/java-archive\r\n", "Content-Length: 11\r\n")
                .endsWith("\r\n\r\nPK\0\u00ff\r\n\r\nend");
    }

    @Test
    void whatANewPluginAsksForIsShownBeforeItIsEnabled() throws Exception {
        socket.answer("POST /api/v1/plugins", 201, """
                {"id":"hello","version":"1","state":"DISABLED","requires":["package a","service b"]}""");
        Path jar = Files.writeString(home.resolve("hello.jar"), "PK");

        assertThat(run("plugin", "install", jar.toString())).isZero();
        assertThat(printed()).isEqualTo("""
                hello 1 is DISABLED
                It asks for:
                  package a
                  service b
                Enable it: bin/freehold plugin enable hello
                """);
    }

    @Test
    void whyAFileIsRefusedIsSaidEvenIfItWasNotReadToItsEnd() throws IOException {
        socket.answer("POST /api/v1/plugins", 413, "{\"detail\":\"The body is larger than 67108864 bytes.\"}");
        Path jar = Files.write(home.resolve("large.jar"), new byte[8 << 20]);

        failed(
                "cannot install plugin '" + jar + "': The body is larger than 67108864 bytes",
                "plugin",
                "install",
                jar.toString());
    }

    @Test
    void aFileThatIsNotThereIsNotSent() {
        Path jar = home.resolve("nothing.jar");

        failed("there is no file '" + jar + "' that can be read", "plugin", "install", jar.toString());
        assertThat(socket.received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"enable, ACTIVE", "disable, DISABLED", "rollback, ACTIVE"})
    void whatIsDoneToAPluginIsSaid(String action, String state) throws InterruptedException {
        socket.answer(
                "POST /api/v1/plugins/hello/" + action,
                200,
                "{\"id\":\"hello\",\"version\":\"1.2.0\",\"state\":\"" + state + "\"}");

        assertThat(run("plugin", action, "hello")).isZero();
        assertThat(printed()).isEqualTo("hello 1.2.0 is " + state + "\n");
    }

    @ParameterizedTest
    @CsvSource({"enable, POST", "rollback, POST", "uninstall, DELETE"})
    void whatFreeholdRefusesIsSaidInItsWords(String action, String method) {
        String path = method + " /api/v1/plugins/hello" + (method.equals("POST") ? "/" + action : "");
        socket.answer(path, 409, "{\"detail\":\"The plugin is a file in the deploy folder.\"}");

        failed(
                "cannot " + action + " plugin 'hello': The plugin is a file in the deploy folder",
                "plugin",
                action,
                "hello");
    }

    @Test
    void aPluginIsRemoved() throws InterruptedException {
        socket.answer("DELETE /api/v1/plugins/hello", 204, "");

        assertThat(run("plugin", "uninstall", "hello")).isZero();
        assertThat(printed()).isEqualTo("hello is gone\n");
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private int run(String... args) throws InterruptedException {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Cli(home, "1.2.3", Map.of(), print, print).run(List.of(args));
    }

    private void failed(String message, String... args) {
        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> run(args))
                .withMessage(message)
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(ExitStatus.FAILED));
    }
}
