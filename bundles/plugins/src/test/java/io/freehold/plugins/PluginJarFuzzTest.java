package io.freehold.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** A file is no archive yet, refused, or a plugin that another reader finds the same in; only what was signed is signed. */
class PluginJarFuzzTest {
    @TempDir
    static Path folder;

    private static Map<String, String> signed = Map.of();
    private static Certificate certificate;

    static Stream<byte[]> jars() throws Exception {
        Jars jars = new Jars(folder);
        Path plain = jars.jar(
                "plain.jar",
                Jars.headers("org.example.a;singleton:=true", "1.2.3.x") + "Bundle-Name: %name\n",
                Map.of("a.txt", "a", "b/c.txt", ""));
        KeyStore.PrivateKeyEntry publisher = jars.publisher("somebody");
        certificate = publisher.getCertificate();
        Path whole = jars.sign(plain, publisher);
        signed = content(whole);
        return Stream.of(
                Files.readAllBytes(plain),
                Files.readAllBytes(whole),
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
        Map<String, String> content = content(file);
        assertThat(content.keySet()).allSatisfy(name -> assertThat(Path.of("/x")
                        .resolve(name.replace('\\', '/'))
                        .normalize()
                        .toString())
                .startsWith("/x"));
        if (jar.signers().stream()
                .anyMatch(one -> one.getSignerCertPath().getCertificates().contains(certificate))) {
            assertThat(content).isEqualTo(signed);
        }
    }

    /** What is in the archive beside what is about it. */
    private static Map<String, String> content(Path file) throws IOException {
        Map<String, String> content = new HashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                try (InputStream in = zip.getInputStream(entry)) {
                    if (!entry.isDirectory() && !entry.getName().startsWith("META-INF/")) {
                        content.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
                    }
                }
            }
        }
        return content;
    }
}
