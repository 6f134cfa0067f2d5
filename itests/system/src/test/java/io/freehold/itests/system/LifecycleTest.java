package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, stopping, and what keeps it from starting. */
class LifecycleTest {
    @TempDir
    Path folder;

    private Freehold freehold;

    @BeforeEach
    void install() {
        freehold = new Freehold(folder.resolve("data"));
    }

    @AfterEach
    void stop() {
        if (freehold != null) {
            freehold.close();
        }
    }

    @Test
    void termStopsItCleanlyWithinFiveSecondsAndARestartKeepsEverything() {
        Client admin = freehold.start().setUp();
        String made = admin.post("/api/v1/users", Map.of("username", "grace", "password", Client.PASSWORD))
                .get("id");

        long began = System.nanoTime();
        Ended ended = freehold.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(ended.status()).as(ended.text()).isIn(0, 143);
        assertThat(folder.resolve("data/freehold.db-wal")).doesNotExist();

        Client again = freehold.start().signIn();
        assertThat(again.get("/api/v1/users/" + made).get("username")).isEqualTo("grace");
        assertThat(again.get("/api/v1/setup").json().path("required").asBoolean())
                .isFalse();
        assertThat(folder.resolve("data/setup-token")).doesNotExist();
    }

    @Test
    void itsDataIsForItsOwnerAloneAndTheTokenIsPrintedOnceAndNotLogged() throws Exception {
        freehold.start();
        String token = freehold.setupToken();

        assertThat(mode("data")).isEqualTo("rwx------");
        for (String file : new String[] {"freehold.db", "setup-token", "admin.sock"}) {
            assertThat(mode("data/" + file)).as(file).isEqualTo("rw-------");
        }
        assertThat(mode("data/keys")).isEqualTo("rwx------");
        assertThat(freehold.output())
                .filteredOn(line -> line.contains(token))
                .containsExactly("Set it up with this setup token: " + token);
        try (var logs = Files.walk(folder.resolve("data/log"))) {
            assertThat(logs.filter(Files::isRegularFile))
                    .allSatisfy(log -> assertThat(Files.readString(log)).doesNotContain(token));
        }
    }

    @Test
    void theTokenIsPrintedByWhoeverStartsItInTheBackgroundAndNotLogged() throws Exception {
        Ended started = freehold.command("start");
        try {
            String token = freehold.setupToken();
            assertThat(started.lines()).contains("Set it up with this setup token: " + token);
            try (var logs = Files.walk(folder.resolve("data/log"))) {
                assertThat(logs.filter(Files::isRegularFile))
                        .allSatisfy(log -> assertThat(Files.readString(log)).doesNotContain(token));
            }
        } finally {
            freehold.command("stop");
        }
    }

    @Test
    void onceThereIsAnAdministratorNoTokenIsPrinted() {
        freehold.start().setUp();
        freehold.stop();
        freehold.start();
        assertThat(freehold.output()).noneMatch(line -> line.contains("setup token"));
    }

    @Test
    void everyDoorSaysTheSameVersion() {
        Client admin = freehold.start().setUp();
        String version =
                freehold.command("version").text().replace("Freehold ", "").strip();
        assertThat(version).matches("\\d+\\.\\d+\\.\\d+(-[A-Za-z0-9.]+)?");
        assertThat(admin.get("/api/v1/system").get("version")).isEqualTo(version);
        assertThat(freehold.command("status").text()).contains("Freehold " + version + " serves");
    }

    @Test
    void aTokenStaysGoodThroughARestart() {
        Client admin = freehold.start().setUp();
        Answer login = freehold.anonymous()
                .post("/api/v1/auth/login", Map.of("username", Client.ADMIN, "password", Client.PASSWORD));
        freehold.kill();
        freehold.start();

        assertThat(new Client(freehold.address(), login.get("accessToken"))
                        .get("/api/v1/auth/me")
                        .status())
                .isEqualTo(200);
        Answer refreshed =
                freehold.anonymous().post("/api/v1/auth/refresh", Map.of("refreshToken", login.get("refreshToken")));
        assertThat(refreshed.status()).as(refreshed.text()).isEqualTo(200);
        assertThat(admin).isNotNull();
    }

    @Test
    void aPortThatIsTakenIsOneClearLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused(
                    freehold.with("FREEHOLD_HTTP_PORT", String.valueOf(taken.getLocalPort())),
                    String.valueOf(taken.getLocalPort()));
        }
    }

    @Test
    void aDataFolderThatCannotBeOneIsOneClearLine() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        refused(freehold.with("FREEHOLD_DATA", file.resolve("data").toString()), file.toString());
    }

    @Test
    void aDataFolderThatCannotBeWrittenToIsOneClearLine() {
        // Not even root may write there.
        refused(freehold.with("FREEHOLD_DATA", "/proc/freehold"), "/proc/freehold");
    }

    @Test
    void aWrongSettingIsOneClearLine() {
        refused(freehold.with("FREEHOLD_HTTP_PORT", "eighty"), "from 0 to 65535");
    }

    @Test
    void aSettingThatDoesNotExistIsOneClearLine() {
        refused(freehold.with("FREEHOLD_HTTP_PROT", "8080"), "FREEHOLD_HTTP_PROT");
    }

    @Test
    void aDatabaseOnAnotherMachineWithoutTlsIsOneClearLine() {
        refused(freehold.with("FREEHOLD_DATABASE_URL", "postgresql://u:s3cret@10.0.0.1/x"), "sslmode=verify-full");
    }

    @Test
    void aDamagedDatabaseIsOneClearLine() throws Exception {
        Path data = Files.createDirectories(
                folder.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path database = Files.writeString(data.resolve("freehold.db"), "no database at all ".repeat(500));
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-------"));
        refused(freehold, "freehold.db");
    }

    @Test
    void aDatabaseThatOthersCanReadIsOneClearLineWithTheCure() throws Exception {
        freehold.start();
        freehold.stop();
        Path database = folder.resolve("data/freehold.db");
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));
        refused(freehold, "chmod 600 " + database);
    }

    @Test
    void rootIsOneClearLineUnlessItIsMeant() {
        freehold.with("FREEHOLD_ALLOW_ROOT", "false");
        if ("root".equals(System.getProperty("user.name"))) {
            refused(freehold, "FREEHOLD_ALLOW_ROOT=true");
        } else {
            freehold.start();
        }
    }

    @Test
    void anOldJavaIsOneClearLine() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("old/bin"));
        Files.writeString(folder.resolve("old/release"), "JAVA_VERSION=\"11.0.2\"\n");
        Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        refused(freehold.with("JAVA_HOME", folder.resolve("old").toString()), "Java 17");
    }

    @Test
    void aSecondOneOnTheSameDataIsOneClearLine() {
        freehold.start();
        try (Freehold second = new Freehold(folder.resolve("data"))) {
            refused(second, folder.resolve("data").toString());
        }
    }

    private static void refused(Freehold freehold, String says) {
        Ended ended = freehold.startInVain();
        assertThat(ended.status()).as(ended.text()).isNotZero();
        assertThat(ended.lines()).filteredOn(line -> line.contains(says)).hasSize(1);
        assertThat(ended.text()).doesNotContain("\tat ").doesNotContain("s3cret");
    }

    private String mode(String path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
    }
}
