package io.freehold.automation.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.alert.AlertChannel;
import io.freehold.api.alert.AlertEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that answer for ever, or not to the end. */
@Timeout(20)
class BadServersTest {
    private static final Message MESSAGE =
            new Message("1", "io.freehold.alert.test", Instant.EPOCH, "Freehold: a test", "It works.", Map.of());

    private final Delivery delivery =
            new Delivery(new Targets(Set.of("127.0.0.1"), Duration.ofSeconds(1)), Clock.systemUTC());
    private final Delivery patient = new Delivery(new Targets(Set.of("127.0.0.1")), Clock.systemUTC());

    /** What a server does with the one connection that it gets. */
    private interface Behaviour {
        void serve(Socket client) throws Exception;
    }

    private static ServerSocket server(Behaviour behaviour) throws IOException {
        ServerSocket server = new ServerSocket(0);
        Thread thread = new Thread(
                () -> {
                    try (Socket client = server.accept()) {
                        behaviour.serve(client);
                    } catch (Exception e) {
                        // Freehold hangs up on it, as it should.
                    }
                },
                "bad-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static AlertChannel.Settings channel(AlertChannel.Type type, String scheme, ServerSocket server) {
        boolean mail = type == AlertChannel.Type.EMAIL;
        return new AlertChannel.Settings(
                "ops",
                type,
                scheme + "://127.0.0.1:" + server.getLocalPort() + (mail ? "" : "/"),
                "",
                mail ? "freehold@example.org" : "",
                mail ? "ada@example.org" : "",
                Set.of(AlertEvent.GUESSING));
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Test
    void anAnswerThatComesByteByByteEndsAtTheDeadline() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (ServerSocket slow = server(client -> {
            while (!never.await(100, TimeUnit.MILLISECONDS)) {
                write(client.getOutputStream(), "H");
            }
        })) {
            assertThatThrownBy(() -> delivery.send(channel(AlertChannel.Type.WEBHOOK, "http", slow), null, MESSAGE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("took longer than 1 s");
        }
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws Exception {
        try (ServerSocket endless = server(client -> {
            while (!client.isClosed()) {
                write(client.getOutputStream(), "220-welcome to a server that likes to talk\r\n".repeat(100));
            }
        })) {
            assertThatThrownBy(() -> patient.send(channel(AlertChannel.Type.EMAIL, "smtp", endless), null, MESSAGE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("more than 256 KiB");
        }
    }

    @Test
    void aMailThatWasTakenIsDeliveredThoughTheServerSaysNoGoodbye() throws Exception {
        StringBuilder taken = new StringBuilder();
        try (ServerSocket curt = server(client -> {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            write(client.getOutputStream(), "220 hello\r\n");
            for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
                taken.append(line).append('\n');
                boolean command = line.matches("(EHLO|MAIL|RCPT|DATA).*");
                write(client.getOutputStream(), line.equals("DATA") ? "354 go on\r\n" : command ? "250 ok\r\n" : "");
            }
            write(client.getOutputStream(), "250 taken\r\n");
        })) {
            patient.send(channel(AlertChannel.Type.EMAIL, "smtp", curt), null, MESSAGE);
            assertThat(taken.toString()).contains("Subject: Freehold: a test");
        }
    }
}
