package io.freehold.rest.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateWatchTest {
    @TempDir
    Path folder;

    private void write(SelfSigned made, String mode) throws IOException {
        Files.writeString(folder.resolve("certificate.pem"), made.certificate());
        Path key = Files.writeString(folder.resolve("key.pem"), made.key());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(mode));
    }

    private static SelfSigned made() {
        return SelfSigned.make(Set.of("localhost"), Instant.now(), Instant.now().plus(Duration.ofDays(9)));
    }

    @Test
    void aCertificateThatWasRefusedForItsModeIsTakenOnceThatIsPutRight() throws Exception {
        write(made(), "rw-------");
        PemFiles source = new PemFiles(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        Identity before = source.load();
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(before.keyStore());
        tls.setKeyStorePassword("");
        // Not started, so that it looks when it is told to and at no other time.
        CertificateWatch watch = new CertificateWatch(new ServerConnector(new Server()), source, tls, before);
        watch.start();

        write(made(), "rw-r--r--");
        watch.run();
        watch.run();
        assertThat(watch.identity()).isEqualTo(before);

        Files.setPosixFilePermissions(folder.resolve("key.pem"), PosixFilePermissions.fromString("rw-------"));
        watch.run();
        assertThat(watch.identity().fingerprint())
                .isNotEqualTo(before.fingerprint())
                .isEqualTo(source.load().fingerprint());
    }
}
