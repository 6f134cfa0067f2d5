package io.freehold.provider.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.api.ErrorCode;
import io.freehold.api.provider.ProviderException;
import io.freehold.provider.docker.engine.FalseEngine.Behaviour;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class EngineClientTest {
    private static final Duration LIMIT = Duration.ofMillis(400);
    private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"hello\":\"x\"}";

    @TempDir
    Path folder;

    @Test
    void silentEngineIsGivenUpInTime() throws IOException {
        assertThat(failureOf(client -> {
                    client.awaitRequest();
                    client.hang();
                }))
                .isEqualTo(ErrorCode.TIMEOUT);
    }

    @Test
    void answerThatTricklesIsGivenUpInTime() throws IOException {
        assertThat(failureOf(client -> {
                    client.awaitRequest();
                    client.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                    while (true) {
                        client.send(" ");
                        client.hang(Duration.ofMillis(20));
                    }
                }))
                .isEqualTo(ErrorCode.TIMEOUT);
    }

    @Test
    void nonsenseIsUnavailable() throws IOException {
        for (String nonsense : List.of(
                "220 mail.example ESMTP\r\n",
                "\0\1\2\3\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nnot json!",
                "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"cut\":",
                "HTTP/1.1 500 No\r\nContent-Length: 6\r\n\r\n{\"mes:",
                "HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000) + "\r\n\r\n")) {
            assertThat(failureOf(client -> {
                        client.awaitRequest();
                        client.send(nonsense);
                    }))
                    .as(nonsense.substring(0, Math.min(40, nonsense.length())))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @Test
    void engineThatHangsUpIsUnavailable() throws IOException {
        assertThat(failureOf(client -> {})).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failureOf(FalseEngine.Client::awaitRequest)).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void hugeAnswerIsGivenUpBeforeItFillsTheMemory() throws IOException {
        byte[] megabyte = "a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (FalseEngine engine = new FalseEngine(folder, client -> {
                    client.awaitRequest();
                    client.send("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n\"");
                    for (int i = 0; i < 1024; i++) {
                        client.send(megabyte);
                    }
                });
                EngineClient client = engine.client()) {
            ProviderException e = catchThrowableOfType(
                    ProviderException.class, () -> client.call("GET", "/x", null, Duration.ofSeconds(20)));
            assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(e).hasRootCauseMessage("the answer is too large");
        }
    }

    @Test
    void lineWithoutEndInAStreamIsGivenUp() throws IOException {
        byte[] megabyte = "a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (FalseEngine engine = new FalseEngine(folder, client -> {
                    client.awaitRequest();
                    client.send("HTTP/1.1 200 OK\r\n\r\n");
                    client.send(megabyte);
                    client.send(megabyte);
                    client.hang();
                });
                EngineClient client = engine.client();
                EngineStream stream = client.stream("GET", "/events", LIMIT)) {
            assertThat(catchThrowableOfType(
                            IOException.class, () -> new JsonLines(client.mapper(), stream.in()).next()))
                    .hasMessage("a line of the answer is too long");
        }
    }

    @Test
    void streamWhoseHeadDoesNotComeIsGivenUpInTime() throws IOException {
        try (FalseEngine engine = new FalseEngine(folder, FalseEngine.Client::hang);
                EngineClient client = engine.client()) {
            ProviderException e =
                    catchThrowableOfType(ProviderException.class, () -> client.stream("GET", "/events", LIMIT));
            assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT);
        }
    }

    @Test
    void answerInChunksIsRead() throws IOException {
        try (FalseEngine engine = new FalseEngine(folder, client -> {
                    client.awaitRequest();
                    client.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    client.send("5;x=y\r\n[{\"a\"\r\n");
                    client.send("A\r\n:1},{\"a\":2\r\n2\r\n}]\r\n0\r\nTrailer: x\r\n\r\n");
                    client.hang();
                });
                EngineClient client = engine.client()) {
            List<JsonNode> elements = new ArrayList<>();
            client.elements("/list", elements::add);
            assertThat(elements).extracting(e -> e.path("a").asInt()).containsExactly(1, 2);
        }
    }

    @Test
    void connectionIsUsedAgainAndReplacedWhenTheEngineDroppedIt() throws IOException {
        try (FalseEngine engine = new FalseEngine(folder, client -> {
                    for (int i = 0; i < 2 && client.awaitRequest(); i++) {
                        client.send(HELLO);
                    }
                });
                EngineClient client = engine.client()) {
            client.get("/x");
            client.call("POST", "/x", null, LIMIT);
            assertThat(engine.connections()).isOne();
            await().untilAsserted(() -> assertThat(
                            client.call("POST", "/x", null, LIMIT).path("hello").asText())
                    .isEqualTo("x"));
            assertThat(engine.connections()).isEqualTo(2);
        }
    }

    @Test
    void wordsBehindAnAnswerAreNotTheNextAnswer() throws IOException {
        try (FalseEngine engine = new FalseEngine(folder, client -> {
                    while (client.awaitRequest()) {
                        client.send(HELLO + HELLO.replace("\"x\"", "\"y\""));
                    }
                });
                EngineClient client = engine.client()) {
            for (int i = 1; i <= 3; i++) {
                assertThat(client.call("POST", "/x", null, LIMIT).path("hello").asText())
                        .isEqualTo("x");
                assertThat(engine.connections()).isEqualTo(i);
            }
        }
    }

    @Test
    void refusalCarriesTheEnginesWordsAndKeepsTheConnection() throws IOException {
        String refusal = "{\"message\":\"No such container: x\"}";
        try (FalseEngine engine = new FalseEngine(folder, client -> {
                    while (client.awaitRequest()) {
                        client.send(
                                "HTTP/1.1 404 Not Found\r\nContent-Length: " + refusal.length() + "\r\n\r\n" + refusal);
                    }
                });
                EngineClient client = engine.client()) {
            for (int i = 0; i < 3; i++) {
                EngineRefusal e = catchThrowableOfType(EngineRefusal.class, () -> client.get("/x"));
                assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
                assertThat(e.status()).isEqualTo(404);
                assertThat(e.said()).isEqualTo("No such container: x");
            }
            assertThat(engine.connections()).isOne();
        }
    }

    @Test
    void closingTheClientEndsWhatWaits() throws IOException {
        try (FalseEngine engine = new FalseEngine(folder, FalseEngine.Client::hang)) {
            EngineClient client = engine.client();
            CompletableFuture<Object> call = CompletableFuture.supplyAsync(() -> client.get("/x"));
            await().until(() -> engine.connections() == 1);
            client.close();
            assertThat(call).failsWithin(Duration.ofSeconds(5));
            assertThat(catchThrowableOfType(ProviderException.class, () -> client.get("/x"))
                            .code())
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @Test
    void interruptingEndsACall() throws Exception {
        try (FalseEngine engine = new FalseEngine(folder, FalseEngine.Client::hang);
                EngineClient client = engine.client()) {
            AtomicReference<ProviderException> thrown = new AtomicReference<>();
            Thread caller =
                    new Thread(() -> thrown.set(catchThrowableOfType(ProviderException.class, () -> client.get("/x"))));
            caller.start();
            await().until(() -> engine.connections() == 1);
            caller.interrupt();
            caller.join(5_000);
            assertThat(thrown.get().code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(thrown.get()).hasMessageContaining("interrupted");
        }
    }

    @Test
    void missingSocketAndClosedPortAreUnavailableAndSaySo() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        for (String url : List.of("unix://" + folder.resolve("none.sock"), "tcp://127.0.0.1:" + port)) {
            try (EngineClient client = new EngineClient(EngineAddress.of(url, false), null, "x")) {
                ProviderException e = catchThrowableOfType(ProviderException.class, () -> client.get("/x"));
                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                assertThat(e).hasMessageContaining(url).hasMessageContaining("running");
            }
        }
    }

    private ErrorCode failureOf(Behaviour behaviour) throws IOException {
        Instant begin = Instant.now();
        Path own = Files.createTempDirectory(folder, "e");
        try (FalseEngine engine = new FalseEngine(own, behaviour);
                EngineClient client = engine.client()) {
            ProviderException e =
                    catchThrowableOfType(ProviderException.class, () -> client.call("POST", "/x", null, LIMIT));
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(e).hasMessageContaining(own.toString());
            return e.code();
        }
    }
}
