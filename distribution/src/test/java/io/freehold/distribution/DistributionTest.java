package io.freehold.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.distribution.Installed.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code bin/freehold} does, in a folder whose name has a space. */
class DistributionTest {
    @TempDir
    Path temp;

    private Installed freehold;

    @BeforeEach
    void install() throws IOException {
        freehold = Installed.in(temp);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        freehold.run("stop");
    }

    @Test
    void runServesUntilTermAndThenEndsCleanlyWithinFiveSeconds() throws Exception {
        Process process = running();

        process.destroy();

        assertThat(process.waitFor(5, TimeUnit.SECONDS)).as(freehold.output()).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(freehold.output()).contains("Freehold has stopped");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(freehold.data())))
                .isEqualTo("rwx------");
    }

    @Test
    void aSecondOneWithTheSameDataFolderIsRefused() throws Exception {
        Process process = running();
        long pid = process.pid();

        Result second = freehold.run("run");

        assertThat(second.status()).isEqualTo(1);
        assertThat(second.output())
                .isEqualTo("freehold: Freehold runs already with the data folder " + freehold.data() + " (process "
                        + pid + ")\n");
    }

    @Test
    void afterAnUncleanEndItStartsAgain() throws Exception {
        Process killed = running();
        killed.destroyForcibly().waitFor();

        Process again = running();

        assertThat(again.isAlive()).isTrue();
    }

    @Test
    void startRunsItInTheBackgroundAndStopEndsIt() throws Exception {
        Result start = freehold.run("start");
        assertThat(start.status()).as(start.output()).isZero();
        assertThat(start.output()).contains("runs and serves nothing: the feature rest is not chosen");
        assertThat(freehold.run("start").output()).startsWith("Freehold runs already");

        Result stop = freehold.run("stop");
        assertThat(stop.status()).isZero();
        assertThat(stop.output()).isEqualTo("Freehold has stopped\n");
        assertThat(freehold.data().resolve("log/freehold.log")).content().contains("Freehold has stopped");
        assertThat(freehold.run("stop").status()).isEqualTo(3);
    }

    @Test
    void startSaysWhyItFails() throws Exception {
        Path database = Files.createDirectories(freehold.data().resolve("freehold.db"));
        for (Path folder : List.of(freehold.data(), database)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }

        Result start = freehold.run("start");

        assertThat(start.status()).isEqualTo(1);
        assertThat(start.output())
                .startsWith("freehold: ")
                .contains("freehold.db")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "FREEHOLD_HTTP_PORT, eighty, 2, FREEHOLD_HTTP_PORT must be a port",
        "FREEHOLD_HTPP_PORT, 80, 2, FREEHOLD_HTPP_PORT",
        "FREEHOLD_FEATURES, moon, 2, 'moon'",
        "FREEHOLD_DATA, /dev/null/data, 1, cannot write to the data folder /dev/null/data",
        "JAVA_HOME, /nowhere, 2, JAVA_HOME is /nowhere",
    })
    void aWrongSettingIsOneClearLine(String variable, String value, int status, String message) throws Exception {
        Result result = freehold.with(variable, value).run("run");

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.output()).startsWith("freehold: ").contains(message).hasLineCount(1);
        freehold.with("JAVA_HOME", System.getProperty("java.home")).with("FREEHOLD_FEATURES", "base");
    }

    @Test
    void anOldJavaIsNamed() throws Exception {
        Path java = Files.createDirectories(temp.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

        Result result =
                freehold.with("JAVA_HOME", temp.resolve("jdk").toString()).run("run");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.output())
                .startsWith("freehold: Java 17 or newer is needed")
                .contains("11.0.2");
    }

    @Test
    void theCommandIsFoundThroughLinks() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("fh"), Path.of("free hold/bin/freehold"));

        assertThat(freehold.runAs(Files.createSymbolicLink(temp.resolve("fh2"), link), "version")
                        .output())
                .startsWith("Freehold 0.");
    }

    @Test
    void theFirstCleanStopMakesTheArchiveOfClassesAndTheNextStartUsesIt() throws Exception {
        freehold.with("FREEHOLD_JAVA_OPTS", "-Dfreehold.archive.always=true");
        Process first = running();
        first.destroy();
        assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(archives()).hasSize(1);

        Process second = running();
        assertThat(ProcessHandle.of(second.pid())
                        .flatMap(process -> process.info().commandLine()))
                .hasValueSatisfying(line -> assertThat(line).contains("-XX:SharedArchiveFile="));
        assertThat(archives()).hasSize(1);
    }

    @Test
    void aDebuggerCanBeAttached() throws Exception {
        freehold.with(
                "FREEHOLD_JAVA_OPTS", "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0");

        running();

        assertThat(freehold.output()).contains("Listening for transport dt_socket");
    }

    @Test
    void everyJarComesWithItsLicence() throws IOException {
        try (Stream<Path> jars = Files.walk(freehold.home().resolve("system"))) {
            List<String> foreign = jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> name.endsWith(".jar") && !name.startsWith("io.freehold."))
                    .map(name -> name.replaceFirst("\\.jar$", ""))
                    .toList();
            assertThat(foreign).isNotEmpty().allSatisfy(name -> assertThat(
                            freehold.home().resolve("licenses").resolve(name))
                    .isNotEmptyDirectory());
        }
    }

    @Test
    void everyJarIsInTheListOfWhatIsInside() throws IOException {
        String sbom = Files.readString(freehold.home().resolve("sbom.json"));
        assertThat(sbom).contains("\"bomFormat\" : \"CycloneDX\"");
        try (Stream<Path> jars = Files.walk(freehold.home().resolve("system"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()).filter(name -> name.endsWith(".jar")))
                    .isNotEmpty()
                    .allSatisfy(name -> {
                        // Name and version, parted where the version's first digit is.
                        String[] parts = name.replaceFirst("\\.jar$", "").split("-(?=\\d)", 2);
                        assertThat(sbom).contains("/" + parts[0] + "@" + parts[1]);
                    });
        }
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(freehold.data().resolve("cache"))) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    private Process running() throws IOException {
        Process process = freehold.start("run");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> freehold.output().contains("Freehold 0.") || !process.isAlive());
        assertThat(process.isAlive()).as(freehold.output()).isTrue();
        return process;
    }
}
