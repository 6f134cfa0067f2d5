package io.freehold.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** A file is no archive yet, refused, or a plugin that another reader finds the same in; only what was signed is signed. */
class PluginJarFuzzTest {
    @TempDir
    static Path folder;

    private static byte[] signed = new byte[0];

    static Stream<byte[]> jars() throws Exception {
        Jars jars = new Jars(folder);
        Path plain = jars.jar(
                "plain.jar",
                Jars.headers("org.example.a;singleton:=true", "1.2.3.x") + "Bundle-Name: %name\n",
                Map.of("a.txt", "a", "b/c.txt", ""));
        signed = Files.readAllBytes(jars.sign(plain, jars.publisher("somebody")));
        return Stream.of(
                Files.readAllBytes(plain),
                signed,
                Files.readAllBytes(jars.bundle("small.jar", "x", "1")),
                new byte[22]);
    }

    @MethodSource("jars")
    @FuzzTest
    void fileIsRefusedOrAPluginForEveryReader(byte[] data) throws IOException {
        Path file = Files.write(folder.resolve("fuzzed.jar"), data);
        PluginJar jar;
        try {
            jar = PluginJar.read(file);
        } catch (PluginJar.Incomplete e) {
            return;
        } catch (FreeholdException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            assertThat(e.violations()).hasSize(1);
            return;
        }
        assertThat(jar.id()).matches("[A-Za-z0-9_.-]{1,200}");
        assertThat(jar.signers().isEmpty() || Arrays.equals(data, signed)).isTrue();
        try (InputStream in = Files.newInputStream(file);
                JarInputStream stream = new JarInputStream(in, false)) {
            for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                assertThat(Path.of("/x")
                                .resolve(entry.getName().replace('\\', '/'))
                                .normalize())
                        .startsWithRaw(Path.of("/x"));
            }
        }
    }
}
