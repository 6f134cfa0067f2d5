package io.freehold.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.FreeholdException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginJarTest {
    @TempDir
    Path folder;

    private Jars jars;
    private Path trusted;
    private TrustedPublishers publishers;

    @BeforeEach
    void prepare() {
        jars = new Jars(folder);
        trusted = folder.resolve("trusted");
        publishers = new TrustedPublishers(trusted);
    }

    private static void assertRefused(Path jar, String why) {
        assertThatThrownBy(() -> PluginJar.read(jar))
                .isInstanceOf(FreeholdException.class)
                .hasMessageContaining(why);
    }

    @Test
    void itSaysWhatTheBundleCallsItself() throws Exception {
        Path jar = jars.jar(
                "a.jar", Jars.headers("com.example.a;singleton:=true", "1.2.3") + "Bundle-Name: An A\n", Map.of());
        PluginJar read = PluginJar.read(jar);
        assertThat(read.id()).isEqualTo("com.example.a");
        assertThat(read.version()).hasToString("1.2.3");
        assertThat(read.name()).isEqualTo("An A");
        assertThat(read.sha256()).matches("[0-9a-f]{64}");
        assertThat(read.signers()).isEmpty();
    }

    @Test
    void everythingShortOfTheWholeFileIsIncomplete() throws IOException {
        byte[] whole = Files.readAllBytes(jars.bundle("a.jar", "a", "1"));
        for (int length = 0; length < whole.length; length += 16) {
            Path part = Files.write(folder.resolve("part.jar"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> PluginJar.read(part)).isInstanceOf(PluginJar.Incomplete.class);
        }
    }

    @Test
    void whatIsNoBundleIsRefused() throws IOException {
        assertRefused(jars.jar("a.jar", "", Map.of()), "no OSGi bundle");
        assertRefused(jars.jar("b.jar", "Bundle-SymbolicName: b\n", Map.of()), "no OSGi bundle");
        assertRefused(jars.jar("c.jar", Jars.headers("c", "one"), Map.of()), "Bundle-Version");
        assertRefused(jars.jar("d.jar", Jars.headers("d/../e", "1"), Map.of()), "symbolic name");
        assertRefused(
                jars.jar("f.jar", Jars.headers("f", "1") + "Fragment-Host: io.freehold.security\n", Map.of()),
                "fragment");
    }

    @Test
    void entriesThatPointOutsideAreRefused() throws IOException {
        for (String name : new String[] {"../a", "x/../../a", "/etc/a", "..\\a", "c:/a", "a\0b"}) {
            assertRefused(jars.jar("a.jar", Jars.headers("a", "1"), Map.of(name, "x")), "outside");
        }
    }

    @Test
    void aSecondManifestIsRefused() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("META-INF/manifest.mf", "Manifest-Version: 1.0\n");
        assertRefused(jars.jar("a.jar", Jars.headers("a", "1"), entries), "twice");
        byte[] bytes =
                Files.readAllBytes(jars.jar("b.jar", Jars.headers("b", "1"), Map.of("META-INF/MANIFEST.MX", "x")));
        byte[] name = "MANIFEST.MX".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i + name.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + name.length, name, 0, name.length)) {
                bytes[i + name.length - 1] = 'F';
            }
        }
        assertRefused(Files.write(folder.resolve("b.jar"), bytes), "twice");
    }

    @Test
    void thePublisherIsWhoSignedEveryEntry() throws Exception {
        PrivateKeyEntry ours = jars.publisher("ours");
        Path signed = jars.sign(jars.bundle("a.jar", "a", "1"), ours);
        assertThat(publishers.publisher(PluginJar.read(signed))).isEmpty();
        Jars.trust(trusted, "ours", ours);
        assertThat(publishers.publisher(PluginJar.read(signed))).contains("ours");
        assertThat(publishers.publisher(PluginJar.read(jars.bundle("b.jar", "b", "1"))))
                .isEmpty();
        assertThat(publishers.publisher(
                        PluginJar.read(jars.sign(jars.bundle("c.jar", "c", "1"), jars.publisher("others")))))
                .isEmpty();
    }

    @Test
    void whatWasChangedAfterSigningIsRefusedOrNoLongerSigned() throws Exception {
        PrivateKeyEntry ours = jars.publisher("ours");
        Jars.trust(trusted, "ours", ours);
        Path signed = jars.sign(jars.bundle("a.jar", "a", "1"), ours);
        assertRefused(jars.with(signed, "a.txt", "b"), "changed after it was signed");
        assertThat(publishers.publisher(PluginJar.read(jars.with(signed, "b.txt", "b"))))
                .isEmpty();
        String manifest = "Manifest-Version: 1.0\n" + Jars.headers("evil", "1");
        Path swapped = jars.with(signed, "META-INF/MANIFEST.MF", manifest);
        try {
            assertThat(publishers.publisher(PluginJar.read(swapped))).isEmpty();
        } catch (FreeholdException e) {
            assertThat(e).hasMessageContaining("changed after it was signed");
        }
    }

    @Test
    void whatIsRevokedIsNotTrusted() throws Exception {
        PrivateKeyEntry ours = jars.publisher("ours");
        Jars.trust(trusted, "ours", ours);
        PluginJar jar = PluginJar.read(jars.sign(jars.bundle("a.jar", "a", "1"), ours));
        publishers.checkNotRevoked(jar);
        Files.writeString(trusted.resolve("revoked"), "# bad ones\n" + jar.sha256() + " # this\n");
        assertThatThrownBy(() -> publishers.checkNotRevoked(jar)).hasMessageContaining("revoked");
        String fingerprint = HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(ours.getCertificate().getEncoded()));
        Files.writeString(trusted.resolve("revoked"), fingerprint + "\n");
        assertThatThrownBy(() -> publishers.checkNotRevoked(jar)).hasMessageContaining("revoked");
        assertThat(publishers.publisher(jar)).isEmpty();
        Files.writeString(trusted.resolve("revoked"), "A   1.0.0\n");
        assertThatThrownBy(() -> publishers.checkNotRevoked(jar)).hasMessageContaining("revoked");
        Files.writeString(trusted.resolve("revoked"), "a 1.0.1\n");
        publishers.checkNotRevoked(jar);
    }

    @Test
    void anEntryThatIsLongerThanTheDirectorySaysIsRefused() throws Exception {
        PrivateKeyEntry ours = jars.publisher("ours");
        Jars.trust(trusted, "ours", ours);
        Path signed = jars.sign(jars.bundle("a.jar", "a", "1"), ours);
        // The same entry with more behind it, while the directory goes on telling its old size and checksum.
        Path longer = jars.with(signed, "a.txt", "a and more");
        byte[] bytes = Files.readAllBytes(longer);
        int directory = Jars.directoryOf(bytes, "a.txt");
        Jars.put(bytes, directory + 24, 1);
        assertRefused(Files.write(folder.resolve("claims.jar"), bytes), "damaged");
    }

    @Test
    void anEntryThatWasTakenAwayAfterSigningIsMissed() throws Exception {
        PrivateKeyEntry ours = jars.publisher("ours");
        Jars.trust(trusted, "ours", ours);
        Path two = jars.jar("two.jar", Jars.headers("two", "1"), Map.of("a.txt", "a", "check.txt", "b"));
        Path signed = jars.sign(two, ours);
        assertThat(publishers.publisher(PluginJar.read(signed))).contains("ours");
        assertRefused(jars.without(signed, "check.txt"), "changed after it was signed");
    }

    @Test
    void aFileThatIsNoCertificateHidesNoOther() throws Exception {
        PrivateKeyEntry ours = jars.publisher("ours");
        Jars.trust(trusted, "ours", ours);
        Files.writeString(trusted.resolve("broken.pem"), "what?");
        assertThat(publishers.publisher(PluginJar.read(jars.sign(jars.bundle("a.jar", "a", "1"), ours))))
                .contains("ours");
    }
}
