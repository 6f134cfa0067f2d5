package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS of a Freehold that was told nothing but a port. */
class TlsTest {
    private static final Pattern SECURE =
            Pattern.compile("and at https://127\\.0\\.0\\.1:(\\d+), certificate SHA-256 (\\S+)");

    @TempDir
    Path folder;

    @Test
    void itMakesACertificateThatClientsCanCompareAndTrust() throws Exception {
        try (Freehold freehold = new Freehold(folder.resolve("data")).with("FREEHOLD_HTTPS_PORT", "0")) {
            freehold.start().setUp();
            Path file = folder.resolve("data/tls/certificate.pem");
            assertThat(mode("data/tls")).isEqualTo("rwx------");
            assertThat(mode("data/tls/key.pem")).isEqualTo("rw-------");
            Certificate certificate = read(file);

            Matcher status = SECURE.matcher(freehold.command("status").text());
            assertThat(status.find()).isTrue();
            assertThat(status.group(2))
                    .isEqualTo(HexFormat.ofDelimiter(":")
                            .withUpperCase()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
            assertThat(healthz(certificate, Integer.parseInt(status.group(1))))
                    .startsWith("HTTP/1.1 200")
                    .contains("Strict-Transport-Security: max-age=");
            assertThat(freehold.command("doctor").text()).contains("TLS is bound to port 0 of 127.0.0.1");
        }
    }

    @Test
    void plainHttpThatOthersReachEndsTheStart() {
        try (Freehold freehold = new Freehold(folder.resolve("data")).with("FREEHOLD_HTTP_HOST", "0.0.0.0")) {
            Ended ended = freehold.startInVain();
            assertThat(ended.status()).isNotZero();
            assertThat(ended.text()).contains("Plain HTTP is served on loopback addresses only", "proxy.trusted");
        }
    }

    private static Certificate read(Path file) throws Exception {
        try (var in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /** Asks as a client that trusts that certificate alone, and compares the host's name. */
    private static String healthz(Certificate certificate, int port) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("freehold", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
    }
}
