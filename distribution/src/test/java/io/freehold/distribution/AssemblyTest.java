package io.freehold.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps that put the zip together. */
class AssemblyTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:06Z");

    @TempDir
    Path temp;

    @Test
    void aStoredJarHasTheSameEntriesWithoutCompression() throws IOException {
        Path jar = jar("lib-1.jar", Map.of("a/B.class", "x".repeat(5000)));

        StoredJar.copy(jar, temp.resolve("stored.jar"));

        try (ZipFile stored = new ZipFile(temp.resolve("stored.jar").toFile())) {
            ZipEntry entry = stored.getEntry("a/B.class");
            assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(new String(stored.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("x".repeat(5000));
        }
    }

    @Test
    void theSameFilesGiveTheSameZipWheneverTheyWereWritten() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("in/f"));
        Path script = Files.writeString(folder.resolve("run"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
        ZipWriter.write(temp.resolve("in"), temp.resolve("1.zip"), TIME);

        Files.setLastModifiedTime(script, FileTime.from(TIME.plusSeconds(1000)));
        ZipWriter.write(temp.resolve("in"), temp.resolve("2.zip"), TIME);

        assertThat(temp.resolve("2.zip")).hasSameBinaryContentAs(temp.resolve("1.zip"));
    }

    @Test
    void theLicenceInsideAJarIsTaken() throws IOException {
        Path jar = jar("lib-1.0.jar", Map.of("META-INF/LICENSE.txt", "be nice", "META-INF/NOTICE", "we made it"));

        licences(jar, "").collect(jar);

        assertThat(temp.resolve("out/lib-1.0/LICENSE.txt")).hasContent("be nice");
        assertThat(temp.resolve("out/lib-1.0/NOTICE")).hasContent("we made it");
    }

    @Test
    void aJarWithANoticeAloneGetsTheLicenceThatWeNameForIt() throws IOException {
        Path jar = jar("lib-1.0.jar", Map.of("META-INF/NOTICE", "we made it"));

        licences(jar, "lib = Apache-2.0").collect(jar);

        assertThat(temp.resolve("out/lib-1.0/LICENSE.txt")).hasContent("Apache");
    }

    @Test
    void aJarWhoseLicenceNobodyKnowsBreaksTheBuild() throws IOException {
        Path jar = jar("lib-1.0.jar", Map.of("a/B.class", ""));

        assertThatThrownBy(() -> licences(jar, "").collect(jar))
                .hasMessageContaining("lib-1.0.jar brings no licence text");
    }

    @Test
    void aBundleThatTheFeaturesModuleDoesNotDependOnBreaksTheBuild() {
        assertThatThrownBy(() -> new Artifacts(List.of(Path.of("lib-1.0.jar"))).named("lib", "2.0"))
                .hasMessageContaining("lib 2.0 is in a feature");
    }

    private Licences licences(Path jar, String fallbacks) throws IOException {
        Path own = Files.writeString(temp.resolve("LICENSE"), "Apache");
        Files.writeString(temp.resolve("texts.properties"), fallbacks);
        return new Licences(temp, own, temp.resolve("out"), new Artifacts(List.of(jar)));
    }

    private Path jar(String name, Map<String, String> entries) throws IOException {
        Path jar = temp.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }
}
