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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands against an admin socket that gives canned answers. */
class CommandsTest {
    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new TreeMap<>(Map.of("FREEHOLD_ALLOW_ROOT", "true"));
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
    void statusTellsWhereItServes() throws InterruptedException {
        socket.answer("GET /admin/v1/status", 200, """
                {"version":"1.2.3","pid":42,"uptimeSeconds":3720,"serving":true,"address":"http://127.0.0.1:8080",
                 "features":["base","rest"],"bundles":{"total":60,"active":59}}""");

        assertThat(run("status")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        Freehold 1.2.3 serves at http://127.0.0.1:8080
                        process 42, up 1 h 2 min; features base, rest; 59 of 60 bundles active
                        """);
    }

    @Test
    void statusTellsTheFingerprintOfTheCertificate() throws InterruptedException {
        socket.answer("GET /admin/v1/status", 200, """
                {"version":"1.2.3","pid":42,"uptimeSeconds":1,"serving":true,"address":"http://127.0.0.1:8080",
                 "tls":{"address":"https://0.0.0.0:8443","fingerprint":"AB:CD"},
                 "features":["rest"],"bundles":{"total":1,"active":1}}""");

        assertThat(run("status")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\nand at https://0.0.0.0:8443, certificate SHA-256 AB:CD\n");
    }

    @Test
    void statusFailsIfNothingIsServed() throws InterruptedException {
        socket.answer("GET /admin/v1/status", 200, "{\"version\":\"1.2.3\",\"pid\":42,\"serving\":false}");

        assertThat(run("status")).isEqualTo(ExitStatus.FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Freehold 1.2.3 runs, but serves nothing\n");
    }

    @Test
    void bundlesAreListedWithTheirStates() throws InterruptedException {
        socket.answer("GET /admin/v1/bundles", 200, """
                {"items":[{"id":7,"symbolicName":"io.freehold.core","version":"0.1.0","state":"ACTIVE"}]}""");

        assertThat(run("bundle", "list")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("   7  ACTIVE     io.freehold.core 0.1.0\n");
    }

    @Test
    void aBundleIsStoppedByItsName() throws InterruptedException {
        socket.answer("POST /admin/v1/bundles/security/stop", 200, """
                {"id":7,"symbolicName":"io.freehold.security","version":"0.1.0","state":"RESOLVED"}""");

        assertThat(run("bundle", "stop", "security")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("io.freehold.security 0.1.0 is RESOLVED\n");
    }

    @Test
    void whatFreeholdRefusesIsSaidInItsWords() {
        socket.answer("POST /admin/v1/bundles/rest/stop", 409, """
                {"title":"Conflict","detail":"The admin socket needs it."}""");

        failed(ExitStatus.FAILED, "cannot stop bundle 'rest': The admin socket needs it", "bundle", "stop", "rest");
    }

    @Test
    void aBundleThatDoesNotRunSaysWhy() throws InterruptedException {
        socket.answer("GET /admin/v1/bundles/hello/why", 200, """
                {"symbolicName":"org.example.hello","state":"INSTALLED","reasons":["It imports a.b.","It imports c."]}""");

        assertThat(run("bundle", "why", "hello")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("org.example.hello is INSTALLED:\n  It imports a.b.\n  It imports c.\n");
    }

    @Test
    void aBundleThatRunsSaysSoAndWhatBecameOfItsUpdate() throws InterruptedException {
        socket.answer(
                "GET /admin/v1/bundles/hello/why",
                200,
                "{\"symbolicName\":\"org.example.hello\",\"state\":\"ACTIVE\",\"reasons\":[]}");
        socket.answer("GET /api/v1/plugins/org.example.hello", 200, "{\"problem\":\"2.0.0 was refused: why not\"}");

        assertThat(run("bundle", "why", "hello")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("org.example.hello runs.\n  2.0.0 was refused: why not\n");
    }

    @Test
    void aBundleThatNeedsNoStartingIsSound() throws InterruptedException {
        socket.answer("GET /admin/v1/bundles/part/why", 200, """
                {"symbolicName":"org.example.part","state":"RESOLVED","reasons":[]}""");

        assertThat(run("bundle", "why", "part")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("org.example.part is RESOLVED, and nothing is wrong with it.\n");
    }

    @Test
    void aFileThatWasRefusedSaysWhy() throws InterruptedException {
        socket.answer("GET /api/v1/plugins/my%20plugin.jar", 200, "{\"problem\":\"It has no manifest.\"}");

        assertThat(run("bundle", "why", "my plugin.jar")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("my plugin.jar is no bundle, it was refused:\n  It has no manifest.\n");
    }

    @Test
    void whatIsNeitherBundleNorPluginIsSaidToBeUnknown() {
        socket.answer("GET /admin/v1/bundles/x/why", 404, "{\"detail\":\"No such bundle.\"}");

        failed(ExitStatus.FAILED, "cannot tell about bundle 'x': No such bundle", "bundle", "why", "x");
    }

    @Test
    void aPasswordIsResetByNameInAnyCase() throws InterruptedException {
        socket.answer("GET /api/v1/users?limit=1000", 200, """
                {"items":[{"id":"1","username":"anna"}],"nextCursor":"a+b"}""");
        socket.answer("GET /api/v1/users?limit=1000&cursor=a%2Bb", 200, """
                {"items":[{"id":"2","username":"ann"}],"nextCursor":null}""");
        socket.answer("POST /api/v1/users/2/password-reset", 200, "{\"password\":\"new-one\"}");

        assertThat(run("user", "reset", "Ann")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("The new password of Ann is new-one\n");
    }

    @Test
    void resettingAnUnknownUserFails() {
        socket.answer("GET /api/v1/users?limit=1000", 200, "{\"items\":[]}");

        failed(ExitStatus.FAILED, "there is no user 'eve'", "user", "reset", "eve");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "stop",
                "bundle list",
                "bundle stop x",
                "bundle why x",
                "plugin list",
                "plugin enable x",
                "plugin uninstall x",
                "user reset x"
            })
    void whatNeedsARunningFreeholdSaysThatItDoesNotRun(String command) throws IOException {
        socket.close();

        failed(
                ExitStatus.NOT_RUNNING,
                "Freehold is not running with the data folder " + home.resolve("data"),
                command.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dance",
                "bundle",
                "bundle dance x",
                "bundle why",
                "plugin",
                "plugin install",
                "plugin dance x",
                "user reset",
                "status now",
                "run fast"
            })
    void anUnknownCommandShowsTheUsage(String command) throws InterruptedException {
        assertThat(run(command.isEmpty() ? new String[0] : command.split(" ", -1)))
                .isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Usage: freehold COMMAND");
    }

    @Test
    void theDoctorFindsAnOpenDataFolderAndSaysTheCure() throws IOException, InterruptedException {
        features();
        Files.setPosixFilePermissions(home.resolve("data"), PosixFilePermissions.fromString("rwxr-x---"));

        assertThat(run("doctor")).isEqualTo(ExitStatus.FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("FAIL  others can get at " + home.resolve("data") + " (rwxr-x---)")
                .contains("cure: chmod 700 " + home.resolve("data"))
                .contains("ok    the settings are understood");
    }

    @Test
    void theDoctorIsContentWithASoundInstallationThatDoesNotRun() throws IOException, InterruptedException {
        features();

        assertThat(run("doctor")).as(out.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("-     Freehold is not running");
    }

    @Test
    void theStrictDoctorIsNotContentWithWhatOnlyDeservesANote() throws IOException, InterruptedException {
        features();

        assertThat(run("doctor", "--strict")).isEqualTo(ExitStatus.FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("note  administrators may sign in without a second factor")
                .contains("      cure: set totp.required.roles = administrator")
                .doesNotContain("FAIL");
    }

    @ParameterizedTest
    @CsvSource({
        "FREEHOLD_TOTP_REQUIRED_ROLES, 'operator, administrator', ok    administrators must have a second factor",
        "FREEHOLD_DEPLOY_POLICY, signed, ok    the deploy folder takes what a trusted publisher signed",
        "FREEHOLD_DEPLOY_POLICY, any, note  the deploy folder takes any bundle",
        "FREEHOLD_LOG_LEVEL, debug, FAIL  log.level is debug",
        "FREEHOLD_JAVA_OPTS, -agentlib:jdwp=transport=dt_socket, FAIL  FREEHOLD_JAVA_OPTS opens a port",
        "FREEHOLD_LOG_LEVEL, info, ok    debugging is off",
        "FREEHOLD_PUBLIC_URL, http://a.example, FAIL  public.url is plain HTTP",
        "FREEHOLD_PUBLIC_URL, https://a.example, ok    the public address is https://a.example",
        "FREEHOLD_SECRETS_KEY, change-me, FAIL  secrets.key is no key",
        "FREEHOLD_SECRETS_KEY, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=, FAIL  secrets.key is no key",
        "FREEHOLD_SECRETS_KEY_FILE, nowhere, FAIL  secrets.key.file is nowhere",
        "FREEHOLD_DATABASE_URL, postgresql://u:s3cret@127.0.0.1/x, ok    PostgreSQL flushes every commit",
    })
    void theDoctorJudgesTheSettings(String variable, String value, String says) throws Exception {
        features();
        environment.put(variable, value);

        assertThat(run("doctor")).isEqualTo(says.startsWith("FAIL") ? ExitStatus.FAILED : ExitStatus.OK);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(says)
                .doesNotContain("s3cret")
                .doesNotContain("change-me");
    }

    @Test
    void theDoctorFindsAKeyThatIsNone() throws IOException, InterruptedException {
        features();
        Path keys = Files.createDirectory(home.resolve("data/keys"));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwx------"));
        Path key = Files.writeString(keys.resolve("access-token.key"), "c2hvcnQ=\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));

        assertThat(run("doctor")).isEqualTo(ExitStatus.FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("FAIL  " + key + " holds no key of 32 random bytes");
    }

    private void features() throws IOException {
        Path folder = Files.createDirectories(home.resolve("system/features"));
        for (String name : List.of("base", "rest", "docker")) {
            Files.writeString(folder.resolve(name + ".json"), "{\"bundles\":[]}");
        }
    }

    private int run(String... args) throws InterruptedException {
        return new Cli(
                        home,
                        "1.2.3",
                        environment,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(args));
    }

    private void failed(int status, String message, String... args) {
        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> run(args))
                .withMessage(message)
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(status));
    }
}
