package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that hold connections without using them: others are served, and they are let go of. */
class ManySocketsTest {
    private static final Duration GIVEN_UP = Duration.ofSeconds(30);
    /** A busy machine closes a little later, and time is measured here. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    /** {@code -Dfreehold.test.sockets=1000} for the whole of it. */
    private static final int SOCKETS = Integer.getInteger("freehold.test.sockets", 300);

    private static final List<String> BEGINNINGS = List.of(
            "",
            "GET /api/v1/roles HTTP/1.1\r\nHost: localhost\r\nX-A: ",
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 100\r\n\r\n{");

    @TempDir
    Path folder;

    @Test
    void socketsThatSendNothingMoreAreClosedAndHoldUpNobody() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try (Freehold freehold = new Freehold(folder.resolve("data"))) {
            Client admin = freehold.start().setUp();
            long begun = System.nanoTime();
            for (int i = 0; i < SOCKETS; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), freehold.address().getPort());
                socket.getOutputStream()
                        .write(BEGINNINGS.get(i % BEGINNINGS.size()).getBytes(StandardCharsets.US_ASCII));
                idle.add(socket);
            }
            long opened = System.nanoTime();
            while (System.nanoTime() - begun < Duration.ofSeconds(15).toNanos()) {
                assertThat(admin.get("/api/v1/roles").status()).isEqualTo(200);
            }
            for (Socket socket : idle) {
                long left = GIVEN_UP.plus(SLACK).toNanos() - (System.nanoTime() - opened);
                socket.setSoTimeout((int) Math.max(1, left / 1_000_000));
                readToEnd(socket);
            }
            Duration held = Duration.ofNanos(System.nanoTime() - opened);
            System.out.printf(
                    "figure: %d sockets that send nothing more: closed after %d ms%n", SOCKETS, held.toMillis());
            assertThat(held).isLessThan(GIVEN_UP.plus(SLACK));
            assertThat(admin.get("/api/v1/roles").status()).isEqualTo(200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void socketsThatReadByteByByteAreClosedAndHoldUpNobody() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (Freehold freehold = new Freehold(folder.resolve("data"))) {
            Client admin = freehold.start().setUp();
            // Far more answers than the machine takes for a client.
            String token = admin.request("/")
                    .build()
                    .headers()
                    .firstValue("Authorization")
                    .orElseThrow();
            byte[] requests = ("GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + token
                            + "\r\n\r\n")
                    .repeat(100)
                    .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < SOCKETS; i++) {
                Socket socket = new Socket();
                socket.setReceiveBufferSize(2048);
                socket.connect(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), freehold.address().getPort()));
                socket.getOutputStream().write(requests);
                slow.add(socket);
            }
            long opened = System.nanoTime();
            List<Socket> open = new ArrayList<>(slow);
            Duration slowest = Duration.ZERO;
            int served = 0;
            while (!open.isEmpty()
                    && System.nanoTime() - opened < GIVEN_UP.plus(SLACK).toNanos()) {
                long began = System.nanoTime();
                assertThat(admin.get("/api/v1/roles").status()).isEqualTo(200);
                served++;
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
                open.removeIf(ManySocketsTest::isCut);
            }
            System.out.printf(
                    "figure: %d sockets that read byte by byte: closed after %d ms, %d of %d calls of others served, the slowest in %d ms%n",
                    SOCKETS, (System.nanoTime() - opened) / 1_000_000, served, served, slowest.toMillis());
            assertThat(open).isEmpty();
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** Reads one byte; whether there will be no more of them, because the other side has cut the line. */
    private static boolean isCut(Socket socket) {
        try {
            socket.setSoTimeout(1);
            socket.getOutputStream().write('\n');
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Fails if the other side does not close in time. */
    private static void readToEnd(Socket socket) throws IOException {
        byte[] answer = socket.getInputStream().readAllBytes();
        assertThat(new String(answer, StandardCharsets.UTF_8)).doesNotContain("HTTP/1.1 2", "HTTP/1.1 5");
    }
}
