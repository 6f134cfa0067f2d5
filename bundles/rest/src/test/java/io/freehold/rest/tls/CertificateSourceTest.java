package io.freehold.rest.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateSourceTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static SelfSigned made() {
        return SelfSigned.make(Set.of("panel.example", "127.0.0.1", "::1"), NOW, NOW.plus(Duration.ofDays(9)));
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content)
                + "\n-----END " + type + "-----\n";
    }

    private PemFiles pair(SelfSigned made) throws IOException {
        return new PemFiles(file("certificate.pem", made.certificate()), file("key.pem", made.key()));
    }

    @Test
    void aSelfSignedCertificateIsForItsNamesAndVerifies() throws Exception {
        X509Certificate certificate = pair(made()).load().chain().get(0);
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(NOW);
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(9)));
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(certificate.getSubjectAlternativeNames().toString())
                .contains("[2, panel.example]", "[7, 127.0.0.1]", "[7, 0:0:0:0:0:0:0:1]");
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(made().toString()).doesNotContain("PRIVATE");
    }

    @Test
    void theFirstCertificateIsTheOneThatIsShown() throws Exception {
        SelfSigned first = made();
        PemFiles files = new PemFiles(
                file("chain.pem", "Subject: somebody\n" + first.certificate() + made().certificate()),
                file("key.pem", first.key()));
        assertThat(files.load().chain()).hasSize(2);
    }

    @Test
    void olderFormsOfKeysAreReadToo() throws Exception {
        SelfSigned made = made();
        Identity identity = pair(made).load();
        byte[] sec1 = PrivateKeyInfo.getInstance(identity.key().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
        // OpenSSL writes the curve into the key, or in front of it; the JDK's PKCS #8 leaves it out.
        ECPrivateKey bare = ECPrivateKey.getInstance(sec1);
        byte[] named = new ECPrivateKey(
                        256,
                        bare.getKey(),
                        PrivateKeyInfo.getInstance(identity.key().getEncoded())
                                .getPrivateKeyAlgorithm()
                                .getParameters())
                .getEncoded();
        file("key.pem", pem("EC PARAMETERS", new byte[] {5, 0}) + pem("EC PRIVATE KEY", named));
        assertThat(new PemFiles(folder.resolve("certificate.pem"), folder.resolve("key.pem"))
                        .load()
                        .fingerprint())
                .isEqualTo(identity.fingerprint())
                .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
        PrivateKey rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        file(
                "key.pem",
                pem(
                        "RSA PRIVATE KEY",
                        PrivateKeyInfo.getInstance(rsa.getEncoded())
                                .parsePrivateKey()
                                .toASN1Primitive()
                                .getEncoded()));
        refused(
                new PemFiles(folder.resolve("certificate.pem"), folder.resolve("key.pem")),
                "is not that of the certificate");
    }

    @Test
    void whatIsWrongWithAFileIsSaid() throws Exception {
        SelfSigned made = made();
        PemFiles files = pair(made);
        refused(new PemFiles(folder.resolve("none.pem"), files.key()), "There is no file");
        refused(new PemFiles(files.key(), files.key()), "no certificate in PEM form");
        refused(new PemFiles(files.certificate(), file("other.pem", made().key())), "is not that of the certificate");
        refused(new PemFiles(files.certificate(), file("other.pem", "nonsense")), "no private key in PEM form");
        String broken = pem("PRIVATE KEY", new byte[] {1, 2}).replace("=", "*");
        refused(new PemFiles(files.certificate(), file("other.pem", broken)), "no private key in PEM form");
        refused(
                new PemFiles(files.certificate(), file("other.pem", pem("PRIVATE KEY", new byte[] {1, 2}))),
                "no private key in PEM form");
        refused(
                new PemFiles(files.certificate(), file("other.pem", pem("ENCRYPTED PRIVATE KEY", new byte[] {1}))),
                "is encrypted");
        String damaged = "\n====\n-----END ";
        refused(
                new PemFiles(file("damaged.pem", made.certificate().replace("\n-----END ", damaged)), files.key()),
                "no certificate in PEM form");
        refused(
                new PemFiles(files.certificate(), file("other.pem", made.key().replace("\n-----END ", damaged))),
                "no private key in PEM form");
        for (String type : List.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY")) {
            // An empty sequence, and one that says to be longer than it is.
            for (byte[] content : new byte[][] {{0x30, 0}, {0x30, 3, 2, 5, 1}}) {
                refused(
                        new PemFiles(files.certificate(), file("other.pem", pem(type, content))),
                        "no private key in PEM form");
            }
        }
        Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-r--r--"));
        refused(files, "chmod 600");
    }

    @Test
    void aKeyStoreOpensWithItsPasswordOnly() throws Exception {
        Identity identity = pair(made()).load();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "any", identity.key(), "s3cret".toCharArray(), identity.chain().toArray(new X509Certificate[0]));
        Path file = file("store.p12", "");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "s3cret".toCharArray());
        }
        assertThat(new KeyStoreFile(file, Secret.of("s3cret"), null).load().fingerprint())
                .isEqualTo(identity.fingerprint());
        KeyStoreFile withFile = new KeyStoreFile(file, Secret.of(""), file("password", "s3cret\n"));
        assertThat(withFile.load().fingerprint()).isEqualTo(identity.fingerprint());
        assertThat(withFile.files()).hasSize(2);
        refused(new KeyStoreFile(file, Secret.of("wrong"), null), "its password is another one");
        refused(new KeyStoreFile(file("no.p12", "no"), Secret.of("s3cret"), null), "is no PKCS #12 file");
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        try (OutputStream out = Files.newOutputStream(file)) {
            empty.store(out, "s3cret".toCharArray());
        }
        refused(new KeyStoreFile(file, Secret.of("s3cret"), null), "no private key");
    }

    @Test
    void theOwnCertificateIsKeptUntilItIsAboutToExpire() throws Exception {
        Path own = folder.resolve("tls");
        String first = OwnCertificate.in(own, Set.of("localhost"), NOW).load().fingerprint();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                .isEqualTo("rwx------");
        assertThat(List.of("key.pem", "certificate.pem")).allSatisfy(name -> assertThat(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(own.resolve(name))))
                .isEqualTo("rw-------"));
        assertThat(OwnCertificate.in(own, Set.of("localhost"), NOW).load().fingerprint())
                .isEqualTo(first);
        assertThat(OwnCertificate.in(own, Set.of("localhost"), NOW.plus(Duration.ofDays(800)))
                        .load()
                        .fingerprint())
                .isNotEqualTo(first);
    }

    private static void refused(CertificateSource source, String why) {
        assertThatThrownBy(source::load)
                .isInstanceOf(FreeholdException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }
}
