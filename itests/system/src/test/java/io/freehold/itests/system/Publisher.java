package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Who signs plugins, with keys of its own. */
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

    /** Makes another key, {@code keytool -genkeypair} with these options. */
    void key(String alias, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias));
        command.addAll(List.of(options));
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

    /** Writes the certificate that says who this is. */
    void exportCertificate(Path pem) throws IOException {
        exportCertificate("us", pem);
    }

    void exportCertificate(String alias, Path pem) throws IOException {
        try {
            String base64 = Base64.getMimeEncoder()
                    .encodeToString(store().getCertificate(alias).getEncoded());
            Files.writeString(pem, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A file of that name with the plugin, signed. */
    Path signed(String name, TestPlugin plugin) throws IOException {
        return signed(name, plugin, "us");
    }

    Path signed(String name, TestPlugin plugin, String alias) throws IOException {
        Path unsigned = Files.write(folder.resolve(name + ".unsigned"), plugin.bytes());
        Path jar = folder.resolve(name);
        try (ZipFile zip = new ZipFile(unsigned.toFile());
                OutputStream out = Files.newOutputStream(jar)) {
            PrivateKeyEntry key =
                    (PrivateKeyEntry) store().getEntry(alias, new PasswordProtection(PASSWORD.toCharArray()));
            new JarSigner.Builder(key).build().sign(zip, out);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return jar;
    }

    private KeyStore store() throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    }
}
