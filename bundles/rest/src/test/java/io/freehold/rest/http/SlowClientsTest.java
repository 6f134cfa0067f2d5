package io.freehold.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowClientsTest {
    /** More than the machine itself takes for a client that does not read. */
    private static final int LARGE = 64 << 20;

    @TempDir
    Path folder;

    private Server server;
    private ServerConnector connector;

    @BeforeEach
    void start() throws Exception {
        Problems problems = BareApi.problems();
        server = JettyServers.create("slow", 16, problems);
        connector = JettyServers.listen(server, "127.0.0.1", 0);
        connector.addBean(new SlowHeads(connector, 800));
        connector.addBean(new SlowReaders(connector, 800));
        BareApi.serve(
                server,
                problems,
                new Bodies(folder, new Bodies.Patience(400, 1000), 64 << 20),
                (request, response, callback, context, body) -> {
                    String path = request.getHttpURI().getPath();
                    if (path.endsWith("stream")) {
                        // As those of events do: silence is no reason to end them.
                        request.addIdleTimeoutListener(idle -> false);
                    }
                    if (path.endsWith("stream") || path.endsWith("large")) {
                        response.write(true, ByteBuffer.allocate(LARGE), callback);
                        return;
                    }
                    response.getHeaders().put("X-Body", body.length());
                    response.write(true, null, callback);
                });
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aHeadThatTricklesInIsGivenUp() throws Exception {
        try (Socket slow = connect()) {
            write(slow, "GET /api/v1/x HTTP/1.1\r\nHost: localhost\r\nX-A: ");
            await().until(() -> {
                try {
                    write(slow, "a");
                    return false;
                } catch (IOException closed) {
                    return true;
                }
            });
        }
    }

    @Test
    void aConnectionThatRestsBetweenRequestsIsKept() throws Exception {
        try (Socket calm = connect();
                Socket slow = connect()) {
            String request = "GET /api/v1/x HTTP/1.1\r\nHost: localhost\r\n\r\n";
            write(calm, request);
            readHead(calm);
            write(slow, "GET ");
            // The one that began a head is closed in the meantime.
            assertThat(slow.getInputStream().read()).isEqualTo(-1);
            write(calm, request);
            assertThat(readHead(calm)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aBodyThatTakesTooLongIsATimeout() throws Exception {
        try (Socket slow = connect()) {
            write(
                    slow,
                    "POST /api/v1/x HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{");
            assertThat(readHead(slow)).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void aBodyInPiecesArrivesWhole() throws Exception {
        try (Socket client = connect()) {
            write(
                    client,
                    "POST /api/v1/x HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"a");
            client.getOutputStream().flush();
            write(client, "\":123}");
            assertThat(readHead(client)).startsWith("HTTP/1.1 200").contains("X-Body: 9");
        }
    }

    @Test
    void anAnswerThatNobodyReadsIsGivenUp() throws Exception {
        connector.setIdleTimeout(1_000);
        for (String path : new String[] {"large", "stream"}) {
            try (Socket slow = connect()) {
                write(slow, "GET /api/v1/" + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                await().until(() -> connector.getConnectedEndPoints().isEmpty());
                // What the machine had taken on its way is there, and then nothing more.
                long received = 0;
                byte[] buffer = new byte[1 << 16];
                try {
                    for (int n = 0; n >= 0; n = slow.getInputStream().read(buffer)) {
                        received += n;
                    }
                } catch (IOException reset) {
                    assertThat(reset).isInstanceOf(SocketException.class);
                }
                assertThat(received).as(path).isLessThan(LARGE);
            }
        }
    }

    @Test
    void anAnswerThatIsReadByteByByteIsGivenUp() throws Exception {
        for (String path : new String[] {"large", "stream"}) {
            try (Socket slow = connect()) {
                write(slow, "GET /api/v1/" + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                await().until(() -> slow.getInputStream().read() >= 0
                        && connector.getConnectedEndPoints().isEmpty());
            }
        }
    }

    @Test
    void anAnswerThatIsReadSlowlyButSteadilyArrivesWhole() throws Exception {
        try (Socket slow = connect()) {
            write(slow, "GET /api/v1/large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            AtomicLong received = new AtomicLong();
            byte[] piece = new byte[LARGE / 40];
            // 40 pieces, one in 100 ms: five times as long as a client may be slow.
            await().pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        int read = slow.getInputStream().readNBytes(piece, 0, piece.length);
                        return received.addAndGet(read) > LARGE || read < piece.length;
                    });
            assertThat(received.get()).isGreaterThan(LARGE);
        }
    }

    private static String readHead(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
