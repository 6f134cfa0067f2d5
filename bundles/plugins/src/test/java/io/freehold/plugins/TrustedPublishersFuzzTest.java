package io.freehold.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.freehold.api.FreeholdException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in the folder of publishers, nobody is trusted by accident, and a jar that is revoked by name is refused. */
class TrustedPublishersFuzzTest {
    @TempDir
    static Path folder;

    private static PluginJar jar;

    static Stream<byte[]> files() throws Exception {
        Jars jars = new Jars(folder);
        jar = PluginJar.read(jars.sign(jars.bundle("a.jar", "org.example.a", "1.0"), jars.publisher("somebody")));
        return Stream.of(
                        "# comment\norg.example.a  1.0.0 # because\n",
                        "AB:CD:EF",
                        "# caf\u00e9\norg.example.a 1.0.0\n",
                        "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----",
                        jar.sha256())
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("files")
    @FuzzTest
    void nobodyIsTrustedByAccident(byte[] data) throws IOException {
        Path publishers = Files.createDirectories(folder.resolve("publishers"));
        Files.write(publishers.resolve("x.pem"), data);
        Files.write(publishers.resolve("revoked"), data);
        TrustedPublishers trusted = new TrustedPublishers(publishers);
        assertThat(trusted.publisher(jar)).isEmpty();
        boolean refused = false;
        try {
            trusted.checkNotRevoked(jar);
        } catch (FreeholdException e) {
            refused = true;
        }
        String text = new String(data, StandardCharsets.ISO_8859_1);
        if (text.lines().anyMatch(line -> line.equals("org.example.a 1.0.0") || line.equals(jar.sha256()))) {
            assertThat(refused).isTrue();
        }
    }
}
