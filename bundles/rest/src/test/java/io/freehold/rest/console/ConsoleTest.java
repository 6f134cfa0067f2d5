package io.freehold.rest.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freehold.api.event.EventType;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.State;
import io.freehold.api.provider.ConsoleOutput;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.rest.TestServer;
import io.freehold.rest.memory.Memory;
import io.freehold.rest.memory.MemoryStreams;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private TestServer server;
    private Instance instance;

    @BeforeEach
    void start() {
        server = new TestServer();
        instance = server.memory.instances.add("console", State.RUNNING);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String path() {
        return "/api/v1/instances/" + instance.id() + "/console";
    }

    private URI uri() {
        return URI.create(server.uri(path()).toString().replace("http://", "ws://"));
    }

    private WebSocket open(ConsoleClient client, String token) {
        return server.client
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .subprotocols("freehold.v1")
                .buildAsync(uri(), client)
                .join();
    }

    private static int refusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof WebSocketHandshakeException refused
                ? refused.getResponse().statusCode()
                : -1;
    }

    @Test
    void whatIsTypedIsEchoed() {
        ConsoleClient client = new ConsoleClient();
        WebSocket socket = open(client, Memory.ADMIN);
        assertThat(socket.getSubprotocol()).isEqualTo("freehold.v1");
        socket.sendText("{\"type\":\"input\",\"data\":\"grüße \\u001b[0m\\n\"}", true)
                .join();
        await().until(() -> client.output().contains("\\n"));
        assertThat(client.messages.get(0)).isEqualTo("{\"type\":\"state\",\"state\":\"RUNNING\"}");
        assertThat(client.output()).isEqualTo("grüße \\u001B[0m\\n");
        socket.sendText("{\"type\":\"resize\",\"columns\":80,\"rows\":24}", true)
                .join();
        await().until(() -> server.memory.streams.resized.contains("80x24"));
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        await().until(() -> server.memory.streams.openConsoles.get() == 0);
        assertThat(server.memory.events.listeners).isEmpty();
        assertThat(server.memory.streams.stats).isEmpty();
    }

    @Test
    void aTicketOpensTheConsoleOnce() {
        String ticket = server.memory.security.ticket(Memory.ADMIN, path());
        ConsoleClient client = new ConsoleClient();
        WebSocket socket = server.client
                .newWebSocketBuilder()
                .subprotocols("freehold.v1", "freehold.ticket." + ticket)
                .buildAsync(uri(), client)
                .join();
        assertThat(socket.getSubprotocol()).isEqualTo("freehold.v1");
        await().until(() -> !client.messages.isEmpty());
        assertThatThrownBy(() -> server.client
                        .newWebSocketBuilder()
                        .subprotocols("freehold.v1", "freehold.ticket." + ticket)
                        .buildAsync(uri(), new ConsoleClient())
                        .join())
                .matches(failure -> refusal(failure) == 401);
        String elsewhere = server.memory.security.ticket(Memory.ADMIN, "/api/v1/instances/x/console");
        assertThatThrownBy(() -> server.client
                        .newWebSocketBuilder()
                        .subprotocols("freehold.v1", "freehold.ticket." + elsewhere)
                        .buildAsync(uri(), new ConsoleClient())
                        .join())
                .matches(failure -> refusal(failure) == 401);
    }

    @Test
    void whoMayNotIsToldByTheStatus() {
        server.memory.security.change(Memory.NOBODY, Set.of(Permissions.INSTANCE_READ));
        assertThatThrownBy(() -> open(new ConsoleClient(), Memory.NOBODY)).matches(failure -> refusal(failure) == 403);
        server.memory.security.change(Memory.NOBODY, Set.of());
        assertThatThrownBy(() -> open(new ConsoleClient(), Memory.NOBODY)).matches(failure -> refusal(failure) == 404);
        assertThatThrownBy(() -> open(new ConsoleClient(), "wrong")).matches(failure -> refusal(failure) == 401);
        assertThat(server.memory.streams.openConsoles.get()).isZero();
    }

    @Test
    void pagesOfOtherOriginsAreRefused() {
        assertThat(handshake("Origin: https://evil.example\r\n")).startsWith("HTTP/1.1 403");
        assertThat(handshake("Origin: https://panel.example\r\n")).startsWith("HTTP/1.1 101");
        assertThat(handshake("Origin: http://127.0.0.1:" + uri().getPort() + "\r\n"))
                .startsWith("HTTP/1.1 101");
    }

    @Test
    void ofTwoOriginsNeitherCounts() {
        assertThat(handshake("Origin: https://panel.example\r\nOrigin: https://evil.example\r\n"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void aHandshakeWithoutAKeyOfSixteenBytesIsNone() {
        for (String key : new String[] {"", "Sec-WebSocket-Key: abc\r\n"}) {
            String request = handshakeRequest("").replace("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", key);
            assertThat(server.firstLine(request)).as(key).startsWith("HTTP/1.1 400");
        }
    }

    private String handshake(String header) {
        return server.firstLine(handshakeRequest(header));
    }

    private String handshakeRequest(String header) {
        return "GET " + path() + " HTTP/1.1\r\nHost: 127.0.0.1:" + uri().getPort()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer " + Memory.ADMIN + "\r\n"
                + header
                + "\r\n";
    }

    @Test
    void withoutAHandshakeAConsoleIsAnUpgrade() {
        var answer = server.get(path());
        assertThat(answer.status()).isEqualTo(426);
        assertThat(answer.json().get("code").asText()).isEqualTo("UPGRADE_REQUIRED");
    }

    @Test
    void statesAndMeasurementsAreShown() {
        ConsoleClient client = new ConsoleClient();
        open(client, Memory.ADMIN);
        await().until(() -> server.memory.events.listeners.size() == 1 && server.memory.streams.stats.size() == 1);
        Instance paused = server.memory.instances.put(instance.id(), "console", State.PAUSED);
        server.memory.events.publish(EventType.INSTANCE_CHANGED, 2, paused);
        await().until(() -> client.messages.contains("{\"type\":\"state\",\"state\":\"PAUSED\"}"));
        server.memory.streams.stats.get(0).accept(MemoryStreams.SAMPLE);
        await().until(() ->
                client.messages.stream().anyMatch(message -> message.startsWith("{\"type\":\"stats\",\"at\":")));
    }

    @Test
    void whatCannotBeTypedIsAnError() {
        ConsoleClient client = new ConsoleClient();
        WebSocket socket = open(client, Memory.ADMIN);
        socket.sendText("nonsense", true).join();
        await().until(() -> client.messages.stream().anyMatch(message -> message.contains("\"code\":\"MALFORMED\"")));
        socket.sendText("{\"type\":\"input\",\"data\":\"!\"}", true).join();
        await().until(() -> client.messages.stream().anyMatch(message -> message.contains("\"code\":\"NO_INPUT\"")));
        socket.sendText("{\"type\":\"resize\",\"columns\":0,\"rows\":-1}", true).join();
        socket.sendText("{\"type\":\"input\",\"data\":\"still here\"}", true).join();
        await().until(() -> client.output().equals("still here"));
    }

    @Test
    void cve_2025_69199_messagesHaveALimit() {
        ConsoleClient client = new ConsoleClient();
        WebSocket socket = open(client, Memory.ADMIN);
        socket.sendText("{\"type\":\"input\",\"data\":\"" + "a".repeat(70_000) + "\"}", true)
                .join();
        assertThat(client.closed.join()).isEqualTo(1009);
        await().until(() -> server.memory.streams.openConsoles.get() == 0);
    }

    @Test
    void cve_2025_69199_aFloodOfMessagesClosesTheConsole() {
        ConsoleClient client = new ConsoleClient();
        WebSocket socket = open(client, Memory.ADMIN);
        for (int i = 0; i < 50_000 && !client.closed.isDone(); i++) {
            if (socket.sendText("{\"type\":\"resize\",\"columns\":80,\"rows\":24}", true)
                    .handle((sent, failure) -> failure != null)
                    .join()) {
                break;
            }
        }
        assertThat(client.closed.join()).isEqualTo(1008);
        await().until(() -> server.memory.streams.openConsoles.get() == 0);
    }

    @Test
    void cve_2025_69199_eachPrincipalHasSoManyConsolesAsAreSet() {
        try (TestServer few = new TestServer(Map.of("freehold.open.consoles", "1"))) {
            instance = few.memory.instances.add("console", State.RUNNING);
            String handshake = "GET " + path() + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer " + Memory.ADMIN
                    + "\r\n\r\n";
            few.client
                    .newWebSocketBuilder()
                    .header("Authorization", "Bearer " + Memory.ADMIN)
                    .buildAsync(URI.create(few.uri(path()).toString().replace("http://", "ws://")), new ConsoleClient())
                    .join();
            assertThat(few.firstLine(handshake)).startsWith("HTTP/1.1 429");
        }
    }

    @Test
    void theConsoleClosesWithTheSession() {
        ConsoleClient client = new ConsoleClient();
        open(client, Memory.ADMIN);
        server.memory.security.endSession(Memory.ADMIN);
        assertThat(client.closed.join()).isEqualTo(1008);
        await().until(() -> server.memory.streams.openConsoles.get() == 0);
    }

    @Test
    void theConsoleClosesWithThePermission() {
        ConsoleClient client = new ConsoleClient();
        open(client, Memory.ADMIN);
        server.memory.security.change(Memory.ADMIN, Set.of(Permissions.INSTANCE_READ));
        assertThat(client.closed.join()).isEqualTo(1008);
    }

    @Test
    void aConsoleOfWhatFreeholdDidNotMakeClosesWithThePermissionForThat() {
        instance = server.memory.instances.addExternal("foreign");
        ConsoleClient client = new ConsoleClient();
        open(client, Memory.ADMIN);
        Set<Permission> less = new HashSet<>(Permissions.ALL);
        less.remove(Permissions.INSTANCE_MANAGE_EXTERNAL);
        server.memory.security.change(Memory.ADMIN, less);
        assertThat(client.closed.join()).isEqualTo(1008);
    }

    @Test
    void whoMayNoLongerObserveKeepsTheConsoleWithoutMeasurements() {
        ConsoleClient client = new ConsoleClient();
        open(client, Memory.ADMIN);
        await().until(() -> server.memory.events.listeners.size() == 1 && server.memory.streams.stats.size() == 1);
        Set<Permission> less = new HashSet<>(Permissions.ALL);
        less.remove(Permissions.INSTANCE_OBSERVE);
        server.memory.security.change(Memory.ADMIN, less);
        server.memory.streams.stats.get(0).accept(MemoryStreams.SAMPLE);
        Instance paused = server.memory.instances.put(instance.id(), "console", State.PAUSED);
        server.memory.events.publish(EventType.INSTANCE_CHANGED, 2, paused);
        await().until(() -> client.messages.contains("{\"type\":\"state\",\"state\":\"PAUSED\"}"));
        assertThat(client.messages).noneMatch(message -> message.contains("\"type\":\"stats\""));
    }

    @Test
    void theConsoleSaysThatTheServerStops() {
        ConsoleClient client = new ConsoleClient();
        open(client, Memory.ADMIN);
        await().until(() -> !client.messages.isEmpty());
        server.close();
        assertThat(client.closed.join()).isEqualTo(1012);
    }

    @Test
    void theConsoleSaysWhetherTheInstanceEndedOrOnlyTheConnection() {
        ConsoleClient lost = new ConsoleClient();
        open(lost, Memory.ADMIN);
        console().closed("the connection was lost");
        assertThat(lost.closed.join()).isEqualTo(1012);

        ConsoleClient ended = new ConsoleClient();
        open(ended, Memory.ADMIN);
        console().output("last words".getBytes(StandardCharsets.UTF_8));
        console().closed("exited");
        server.memory.instances.put(instance.id(), "console", State.STOPPED);
        assertThat(ended.closed.join()).isEqualTo(1000);
        assertThat(ended.output()).isEqualTo("last words");
    }

    private ConsoleOutput console() {
        ConsoleOutput console = server.memory.streams.console;
        if (console == null) {
            throw new AssertionError("no console is open");
        }
        return console;
    }

    @Test
    void aBurstArrivesWhole() {
        ConsoleClient client = new ConsoleClient();
        open(client, Memory.ADMIN);
        byte[] line = "0123456789012345678901234567890123456789\n".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            console().output(line);
        }
        await().until(() -> client.output().length() == 20_000 * (line.length + 1));
        assertThat(client.messages).noneMatch(message -> message.contains("\"gap\""));
    }

    @Test
    void aReaderThatDoesNotReadIsToldOfTheGap() {
        ConsoleClient client = new ConsoleClient();
        client.reading = false;
        WebSocket socket = open(client, Memory.ADMIN);
        byte[] block = "x".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 2_000; i++) {
            console().output(block);
        }
        client.reading = true;
        socket.request(1);
        await().until(() -> client.messages.stream().anyMatch(message -> message.contains("\"gap\":")));
        console().output("after".getBytes(StandardCharsets.UTF_8));
        await().until(() -> client.output().endsWith("after"));
        long gap = client.messages.stream()
                .filter(message -> message.contains("\"gap\":"))
                .mapToLong(message -> Long.parseLong(message.replaceAll("\\D", "")))
                .sum();
        assertThat(client.output().length() + gap).isEqualTo(2_000L * 10_000 + 5);
    }

    /** Writes what is answered with an error, a hundred bytes for each seven, and reads nothing meanwhile. */
    @Test
    void aWriterThatDoesNotReadIsGivenUp() throws Exception {
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(4096);
            client.setSoTimeout(20_000);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), uri().getPort()));
            OutputStream out = client.getOutputStream();
            out.write(handshakeRequest("").getBytes(StandardCharsets.US_ASCII));
            await().until(() -> server.memory.streams.openConsoles.get() == 1);
            byte[] frames = new byte[7 * 1000];
            for (int at = 0; at < frames.length; at += 7) {
                frames[at] = (byte) 0x81;
                frames[at + 1] = (byte) 0x81;
                frames[at + 6] = 'x';
            }
            for (int i = 0; i < 100; i++) {
                out.write(frames);
            }
            await().until(() -> server.memory.streams.openConsoles.get() == 0);
        }
    }
}
