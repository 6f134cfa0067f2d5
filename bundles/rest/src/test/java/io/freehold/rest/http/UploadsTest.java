package io.freehold.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
    private static final int MIB = 1 << 20;
    private static final String HEAD = "POST /api/v1/plugins HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n";
    private static final String JAR = "application/java-archive";

    @TempDir
    Path folder;

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private Server server;
    private ServerConnector connector;

    @BeforeEach
    void start() throws Exception {
        Problems problems = BareApi.problems();
        server = JettyServers.create("uploads", 16, problems);
        connector = JettyServers.listen(server, "127.0.0.1", 0);
        BareApi.serve(server, problems, new Bodies(folder, new Bodies.Patience(400, 1000), 64 << 20), this::answer);
        server.start();
    }

    /** Answers with the length and the hash that the body says, and the hash of what can be read of it. */
    private void answer(Request request, Response response, Callback callback, RequestContext context, Body body) {
        try {
            var read = Body.digest();
            byte[] buffer = new byte[8192];
            try (var in = body.stream()) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    read.update(buffer, 0, count);
                }
            }
            String answer = body.length() + " " + HexFormat.of().formatHex(body.sha256()) + " "
                    + HexFormat.of().formatHex(read.digest());
            if (request.getHeaders().contains("X-Wait")) {
                arrived.countDown();
                answered.await();
            }
            Content.Sink.write(response, true, answer, callback);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String firstLine(Socket socket) throws IOException {
        return String.valueOf(
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine());
    }

    private HttpResponse<String> send(byte[] body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/api/v1/plugins"))
                                .header("Content-Type", JAR)
                                .POST(BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** How many files of the folder this process has open, with a name or without. */
    private long open() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(file -> {
                        try {
                            return Files.readSymbolicLink(file).startsWith(folder.toRealPath());
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    @Test
    void aJarArrivesAsItWasSent() throws Exception {
        byte[] jar = new byte[3 * MIB + 17];
        for (int i = 0; i < jar.length; i++) {
            jar[i] = (byte) ((i * 31) >> 7);
        }
        String hash = HexFormat.of().formatHex(Body.digest().digest(jar));
        assertThat(send(jar).body()).isEqualTo(jar.length + " " + hash + " " + hash);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aJarOf60MibIsNeverHeldInMemory() throws Exception {
        byte[] mib = new byte[MIB];
        try (Socket client = connect()) {
            long before = heap();
            write(client, HEAD.formatted(JAR) + "Content-Length: " + 60 * MIB + "\r\nX-Wait: 1\r\n\r\n");
            OutputStream out = client.getOutputStream();
            for (int i = 0; i < 60; i++) {
                out.write(mib);
            }
            arrived.await();
            assertThat(open()).isEqualTo(1);
            assertThat(heap() - before).isLessThan(8 * MIB);
            answered.countDown();
            assertThat(firstLine(client)).contains("200");
        }
        await().until(() -> open() == 0);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void ofAJarThatBreaksOffNothingStays() throws Exception {
        try (Socket client = connect()) {
            write(client, HEAD.formatted(JAR) + "Content-Length: " + 60 * MIB + "\r\n\r\n" + "x".repeat(100_000));
            await().until(() -> open() == 1);
        }
        await().until(() -> open() == 0);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aJarThatIsTooLargeIsRefusedAndNothingStays() throws Exception {
        HttpResponse<String> answer = send(new byte[65 * MIB]);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("TOO_LARGE");
        try (Socket client = connect()) {
            write(client, HEAD.formatted(JAR) + "Content-Length: " + 65 * MIB + "\r\nExpect: 100-continue\r\n\r\n");
            assertThat(firstLine(client)).contains("413");
        }
        await().until(() -> open() == 0);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aJarMayTakeLongerThanOtherBodiesAsLongAsItKeepsComing() throws Exception {
        assertThat(trickle(JAR, 10)).contains("200");
        assertThat(trickle("application/json", 10)).contains("408");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aJarThatTricklesInIsGivenUpAndNothingStays() throws Exception {
        assertThat(trickle(JAR, 1000)).contains("408");
        await().until(() -> open() == 0);
        assertThat(folder).isEmptyDirectory();
    }

    /** Sends at once what takes some seconds at the least rate, then single bytes, one every 100 ms. */
    private String trickle(String type, int pieces) throws Exception {
        String path = type.equals(JAR) ? "plugins" : "users";
        try (Socket client = connect()) {
            int enough = 2500;
            write(
                    client,
                    HEAD.formatted(type).replace("plugins", path) + "Content-Length: " + (enough + pieces) + "\r\n\r\n"
                            + "x".repeat(enough));
            for (int i = 0; i < pieces; i++) {
                await().pollDelay(Duration.ofMillis(100)).until(() -> true);
                try {
                    write(client, "x");
                } catch (IOException closed) {
                    break;
                }
                if (client.getInputStream().available() > 0) {
                    break;
                }
            }
            return firstLine(client);
        }
    }

    @Test
    void whereNothingCanBeKeptAnUploadIsRefusedWithoutAWordOfPaths() throws Exception {
        Files.delete(folder);
        Files.writeString(folder, "in the way");
        HttpResponse<String> answer = send(new byte[1000]);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("data folder").doesNotContain(folder.toString());
    }
}
