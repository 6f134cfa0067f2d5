package io.freehold.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path temp;

    @Test
    void theFolderIsMadeForItsOwnerAlone() throws IOException {
        DataFolder data = new DataFolder(temp.resolve("some/where"));

        data.prepare();

        assertThat(mode(data.path())).isEqualTo("rwx------");
        assertThat(data.path()).isDirectoryContaining("glob:**/log");
    }

    @Test
    void anEmptyFolderThatOthersCouldReadIsClosed() throws IOException {
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));

        new DataFolder(temp).prepare();

        assertThat(mode(temp)).isEqualTo("rwx------");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamedWithTheReason() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));

        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> new DataFolder(file.resolve("data")).prepare())
                .withMessageContaining("cannot write to the data folder " + file.resolve("data"))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(ExitStatus.FAILED));
    }

    @Test
    void whileAnotherProcessHoldsTheFolderNobodyElseGetsIt() throws IOException, InterruptedException {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        temp.toString())
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("claimed");
            DataFolder data = new DataFolder(temp);

            assertThat(data.owner()).contains(holder.pid());
            assertThatExceptionOfType(LauncherException.class)
                    .isThrownBy(data::claim)
                    .withMessageContaining("runs already")
                    .withMessageContaining("(process " + holder.pid() + ")");
        } finally {
            holder.destroyForcibly();
            holder.waitFor(10, TimeUnit.SECONDS);
        }
        assertThat(new DataFolder(temp).owner()).isEmpty();
        new DataFolder(temp).claim().close();
    }

    @Test
    void theSetupTokenIsThereUntilItsFileIsGone() throws IOException {
        DataFolder data = new DataFolder(temp);
        assertThat(data.setupToken()).isEmpty();

        Files.writeString(temp.resolve("setup-token"), "secret\n");
        assertThat(data.setupToken()).contains("secret");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** Another Freehold: claims the folder, says so, and holds on to it. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws IOException {
            DataFolder.Claim claim = new DataFolder(Path.of(args[0])).claim();
            try (claim) {
                System.out.println("claimed");
                System.in.read();
            }
        }
    }
}
