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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code freehold routes} says, against an admin socket that gives canned answers. */
class RoutesCommandTest {
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

    private int run() throws InterruptedException {
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Cli(home, "1.2.3", Map.of(), print, print).run(List.of("routes"));
    }

    @Test
    void everyRouteIsOneAlignedLine() throws InterruptedException {
        socket.answer("GET /admin/v1/routes", 200, """
                {"items":[
                 {"kind":"REST","method":"DELETE","path":"/api/v1/users/{id}","open":false,
                  "permission":"user:delete","plugin":null},
                 {"kind":"WEBSOCKET","method":"GET","path":"/api/v1/plugins/hello/chat","open":false,
                  "permission":"hello:chat","plugin":"hello"},
                 {"kind":"HANDLER","method":"GET","path":"/healthz","open":true,"permission":null,"plugin":null}]}""");

        assertThat(run()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                METHOD  KIND       OPEN  PERMISSION   PLUGIN  PATH
                DELETE  REST       -     user:delete  -       /api/v1/users/{id}
                GET     WEBSOCKET  -     hello:chat   hello   /api/v1/plugins/hello/chat
                GET     HANDLER    open  -            -       /healthz
                """);
    }

    @Test
    void whileNothingIsServedItSaysSo() {
        socket.answer("GET /admin/v1/routes", 503, "{\"detail\":\"The API is not served at the moment.\"}");

        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(this::run)
                .withMessage("cannot list the routes: The API is not served at the moment")
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(ExitStatus.FAILED));
    }
}
