package io.freehold.rest.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freehold.api.FreeholdException;
import io.freehold.rest.TestServer;
import io.freehold.rest.http.ApiEndpoint.Tls;
import io.freehold.rest.memory.Memory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Trust.anybody())
            .build();

    private TestServer server(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "freehold.https.port",
                "0",
                "freehold.data",
                folder.resolve("data").toString()));
        settings.putAll(more);
        return new TestServer(settings);
    }

    private static Tls tls(TestServer server) {
        return server.endpoint().tls().orElseThrow();
    }

    private static URI uri(TestServer server, String path) {
        return URI.create(tls(server).address() + path);
    }

    private HttpResponse<String> get(TestServer server, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(server, path))
                        .header("Authorization", "Bearer " + Memory.ADMIN)
                        .build(),
                BodyHandlers.ofString());
    }

    private void write(SelfSigned made) throws IOException {
        replace("key.pem", made.key());
        replace("certificate.pem", made.certificate());
    }

    private void replace(String name, String text) throws IOException {
        Path half = Files.writeString(folder.resolve(name + ".new"), text);
        Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rw-------"));
        Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static SelfSigned made() {
        return SelfSigned.make(
                Set.of("localhost", "127.0.0.1"), Instant.now(), Instant.now().plus(Duration.ofDays(9)));
    }

    private Map<String, String> given() {
        return Map.of(
                "freehold.tls.certificate", folder.resolve("certificate.pem").toString(),
                "freehold.tls.key", folder.resolve("key.pem").toString());
    }

    @Test
    void withNothingButAPortItServesACertificateOfItsOwn() throws Exception {
        String fingerprint;
        try (TestServer server = server(Map.of())) {
            HttpResponse<String> answer = get(server, "/api/v1/roles");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
            assertThat(answer.headers().firstValue("Server")).isEmpty();
            fingerprint = tls(server).fingerprint();
            assertThat(new PemFiles(folder.resolve("data/tls/certificate.pem"), folder.resolve("data/tls/key.pem"))
                            .load()
                            .fingerprint())
                    .isEqualTo(fingerprint);
        }
        try (TestServer again = server(Map.of())) {
            assertThat(tls(again).fingerprint()).isEqualTo(fingerprint);
        }
    }

    @Test
    void oldProtocolsAndCiphersAreRefused() throws Exception {
        try (TestServer server = server(Map.of())) {
            for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
                try (SSLSocket socket = socket(server)) {
                    socket.setEnabledProtocols(new String[] {protocol});
                    socket.startHandshake();
                    assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
                    assertThat(socket.getSession().getCipherSuite()).containsAnyOf("GCM", "CHACHA20");
                }
            }
            try (SSLSocket socket = socket(server)) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"});
                assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
            }
            // A hello that knows nothing newer than TLS 1.1, which Java's own client does not say any more.
            try (Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), uri(server, "/").getPort())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(hello((byte) 2));
                assertThat(socket.getInputStream().read()).isIn(-1, 21);
            }
        }
    }

    private static String fingerprint(X509Certificate certificate) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
    }

    private static byte[] hello(byte minor) {
        byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 2 + 2 + 2];
        byte[] head = {22, 3, minor, 0, (byte) (hello.length - 5), 1, 0, 0, (byte) (hello.length - 9), 3, minor};
        System.arraycopy(head, 0, hello, 0, head.length);
        int at = head.length + 32;
        byte[] tail = {0, 0, 2, (byte) 0xc0, 0x09, 1, 0};
        System.arraycopy(tail, 0, hello, at, tail.length);
        return hello;
    }

    private static SSLSocket socket(TestServer server) throws IOException {
        SSLSocket socket = (SSLSocket) Trust.anybody()
                .getSocketFactory()
                .createSocket("127.0.0.1", uri(server, "/").getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    @Test
    void plainHttpToTheTlsPortIsNoAnswer() throws Exception {
        try (TestServer server = server(Map.of());
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), uri(server, "/").getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("UP");
        }
    }

    @Test
    void aNewCertificateIsTakenWithoutAFailedRequest() throws Exception {
        write(made());
        try (TestServer server = server(given())) {
            String before = tls(server).fingerprint();
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger failed = new AtomicInteger();
            Thread load = new Thread(() -> {
                while (!stop.get()) {
                    // A client of its own each time, so that each request is a handshake.
                    try (SSLSocket socket = socket(server)) {
                        socket.getOutputStream()
                                .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII));
                        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                        if (!answer.startsWith("HTTP/1.1 200")) {
                            failed.incrementAndGet();
                        }
                    } catch (IOException e) {
                        failed.incrementAndGet();
                    }
                }
            });
            load.start();
            write(made());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !tls(server).fingerprint().equals(before));
            try (SSLSocket socket = socket(server)) {
                socket.startHandshake();
                assertThat(fingerprint((X509Certificate) socket.getSession().getPeerCertificates()[0]))
                        .isEqualTo(tls(server).fingerprint());
            }
            stop.set(true);
            load.join();
            assertThat(failed).hasValue(0);
        }
    }

    @Test
    void aBrokenNewCertificateLeavesTheOneBeforeInForce() throws Exception {
        write(made());
        try (TestServer server = server(given())) {
            String before = tls(server).fingerprint();
            replace("certificate.pem", made().certificate());
            await().during(Duration.ofSeconds(4))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> tls(server).fingerprint().equals(before));
            assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
            write(made());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !tls(server).fingerprint().equals(before));
            assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aWebSocketOfAnotherOriginIsRefused() {
        try (TestServer server = server(Map.of())) {
            URI console = URI.create(tls(server).address().replace("https:", "wss:")
                    + "/api/v1/instances/00000000-0000-7000-8000-000000000000/console");
            assertThat(status(console, tls(server).address())).isEqualTo(404);
            assertThat(status(console, "https://panel.example")).isEqualTo(404);
            assertThat(status(console, "https://evil.example")).isEqualTo(403);
            assertThat(status(console, server.uri("").toString())).isEqualTo(403);
        }
    }

    private int status(URI console, String origin) {
        try {
            client.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + Memory.ADMIN)
                    .header("Origin", origin)
                    .buildAsync(console, new WebSocket.Listener() {})
                    .join();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    @Test
    void settingsThatMakeNoSenseEndTheStart() {
        refused(Map.of("freehold.tls.certificate", "/x/c.pem"), "tls.key");
        refused(Map.of("freehold.tls.certificate", "c.pem", "freehold.tls.key", "k.pem"), "whole path");
        refused(
                Map.of(
                        "freehold.tls.certificate", "/c.pem",
                        "freehold.tls.key", "/k.pem",
                        "freehold.tls.keystore", "/k.p12"),
                "both set");
        refused(Map.of("freehold.tls.certificate", "/x/c.pem", "freehold.tls.key", "/x/k.pem"), "There is no file");
        refused(Map.of("freehold.https.port", "x"), "https.port");
        try (TestServer other = server(Map.of())) {
            String port = String.valueOf(uri(other, "/").getPort());
            refused(
                    Map.of("freehold.https.port", port),
                    "Port " + port + " on 127.0.0.1 is already in use: set https.port in etc/freehold.cfg or"
                            + " FREEHOLD_HTTPS_PORT");
        }
    }

    private void refused(Map<String, String> settings, String why) {
        assertThatThrownBy(() -> server(settings).close())
                .isInstanceOf(FreeholdException.class)
                .hasMessageContaining(why);
    }
}
