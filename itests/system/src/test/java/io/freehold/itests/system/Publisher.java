package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Who signs plugins, with a key of its own and the tools of the JDK. */
final class Publisher {
    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path keys;

    /** Makes the key in that folder. */
    Publisher(Path folder) {
        this.folder = folder;
        this.keys = folder.resolve("keys.p12");
        key("us", "-validity", "2");
    }

    /** Makes another key, {@code -genkeypair} with these options. */
    void key(String alias, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias));
        arguments.addAll(List.of(options));
        jdk("keytool", arguments);
    }

    /** Writes the certificate that says who this is. */
    void exportCertificate(Path pem) {
        exportCertificate("us", pem);
    }

    void exportCertificate(String alias, Path pem) {
        jdk("keytool", List.of("-exportcert", "-rfc", "-alias", alias, "-file", pem.toString()));
    }

    /** A file of that name with the plugin, signed. */
    Path signed(String name, TestPlugin plugin) throws IOException {
        return signed(name, plugin, "us");
    }

    Path signed(String name, TestPlugin plugin, String alias) throws IOException {
        Path jar = Files.write(folder.resolve(name), plugin.bytes());
        jdk("jarsigner", List.of(jar.toString(), alias));
        return jar;
    }

    private void jdk(String tool, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", tool).toString(),
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD));
        // keytool takes its command first, jarsigner its file last
        command.addAll(tool.equals("keytool") ? 1 : command.size(), arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            Output said = new Output(process);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(String.join("\n", said.whole())).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
