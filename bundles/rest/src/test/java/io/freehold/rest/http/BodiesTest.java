package io.freehold.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodiesTest {
    private static final String OPEN = "/api/v1/auth/login";
    private static final String KNOWN = "/api/v1/users";
    private static final int MEMORY = 100_000;

    @TempDir
    Path folder;

    private Server server;
    private ServerConnector connector;

    @BeforeEach
    void start() throws Exception {
        Problems problems = BareApi.problems();
        server = JettyServers.create("bodies", 16, problems);
        connector = JettyServers.listen(server, "127.0.0.1", 0);
        BareApi.serve(
                server,
                problems,
                new Bodies(folder, new Bodies.Patience(20_000, 1000), MEMORY),
                (request, response, callback, context, body) -> {
                    if (request.getHeaders().contains("X-Broken")) {
                        throw new IllegalStateException("A fault of ours");
                    }
                    response.write(true, null, callback);
                });
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** Sends the head of a request, and so much of its body. */
    private Socket send(String path, int length, int sent, String... headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        socket.setSoTimeout(10_000);
        String head =
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + length + "\r\n" + String.join("", headers) + "\r\n";
        socket.getOutputStream().write((head + " ".repeat(sent)).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private String whole(String path, int length, String... headers) throws IOException {
        try (Socket socket = send(path, length, length, headers)) {
            return answer(socket);
        }
    }

    @Test
    void whoShowsNoCredentialSendsLittle() throws Exception {
        assertThat(whole(OPEN, 16 << 10)).startsWith("HTTP/1.1 200");
        assertThat(whole(OPEN, (16 << 10) + 1)).startsWith("HTTP/1.1 413");
        assertThat(whole(KNOWN, (16 << 10) + 1)).startsWith("HTTP/1.1 200");
    }

    @Test
    void whatArrivesForAllRequestsTogetherHasAnEnd() throws Exception {
        try (Socket slow = send(KNOWN, MEMORY - 1_000, MEMORY - 2_000)) {
            await().untilAsserted(() -> assertThat(whole(KNOWN, 4_000))
                    .startsWith("HTTP/1.1 503")
                    .contains("Connection: close")
                    .contains("Retry-After: 2"));
            slow.getOutputStream().write(" ".repeat(1_000).getBytes(StandardCharsets.US_ASCII));
            assertThat(answer(slow)).startsWith("HTTP/1.1 200");
        }
        assertThat(whole(KNOWN, MEMORY)).startsWith("HTTP/1.1 200");
    }

    @Test
    void strangersTakeNoMemoryFromWhoIsKnown() throws Exception {
        try (Socket one = send(OPEN, 16_000, 15_000);
                Socket two = send(OPEN, 16_000, 9_000)) {
            await().untilAsserted(() -> assertThat(whole(OPEN, 2_000)).startsWith("HTTP/1.1 503"));
            assertThat(whole(KNOWN, MEMORY)).startsWith("HTTP/1.1 200");
            assertThat(one.isConnected() && two.isConnected()).isTrue();
        }
        // Both have broken off, and take up nothing any more.
        await().untilAsserted(() -> assertThat(whole(OPEN, 16_000)).startsWith("HTTP/1.1 200"));
    }

    @Test
    void aRequestThatFailsInsideGivesItsMemoryBack() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(whole(KNOWN, MEMORY / 2 + 1, "X-Broken: 1\r\n")).startsWith("HTTP/1.1 500");
        }
        assertThat(whole(KNOWN, MEMORY)).startsWith("HTTP/1.1 200");
    }
}
