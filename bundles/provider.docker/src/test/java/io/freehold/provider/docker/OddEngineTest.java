package io.freehold.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.instance.State;
import io.freehold.api.provider.LogLine;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.provider.docker.engine.EngineAddress;
import io.freehold.provider.docker.engine.EngineClient;
import io.freehold.provider.testkit.FakeContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine whose answers are few, slow or odd. */
@Timeout(30)
class OddEngineTest {
    private static final String ODD = "a".repeat(64);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private EngineClient client;
    private Containers containers;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        client = new EngineClient(
                EngineAddress.of("tcp://127.0.0.1:" + server.getAddress().getPort(), false), null, "odd");
        containers = new Containers(client, "odd");
    }

    @AfterEach
    void close() {
        containers.close();
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = OddEngineTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private void containers(int status, String oddAnswer) throws IOException {
        byte[] whole = resource("inspected.json");
        String listed = new String(resource("listed.json"), StandardCharsets.UTF_8);
        String id = client.mapper().readTree(whole).path("Id").asText();
        String odd =
                "{\"Id\":\"" + ODD + "\",\"Names\":[\"/odd\"],\"Image\":\"img\",\"State\":\"running\",\"Created\":5,"
                        + "\"Status\":\"Up\",\"Labels\":{},\"NetworkSettings\":{\"Networks\":{}},\"Ports\":[]}";
        server.createContext("/containers/json", e -> send(e, 200, bytes("[" + listed + "," + odd + "]")));
        server.createContext("/containers/" + id + "/json", e -> send(e, 200, whole));
        server.createContext("/containers/" + ODD + "/json", e -> send(e, status, bytes(oddAnswer)));
    }

    private void isReadWithTheOthers() {
        List<ObservedInstance> all = containers.list();
        assertThat(all).extracting(ObservedInstance::name).containsExactlyInAnyOrder("docker-rec", "odd");
        assertThat(all).extracting(ObservedInstance::state).containsOnly(State.RUNNING);
    }

    @Test
    void containerThatTheEngineFailsToDescribeIsShownAsListed() throws IOException {
        containers(500, "{\"message\":\"layer does not exist\"}");
        isReadWithTheOthers();
        isReadWithTheOthers();
    }

    @Test
    void containerOfWhichTheEngineSaysNonsenseIsShownAsListed() throws IOException {
        containers(200, "{\"Created\":\"yesterday\"}");
        isReadWithTheOthers();
    }

    @Test
    void portsThatAreNoNumbersAreLeftOut() throws IOException {
        assertThat(ContainerPorts.configured(client.mapper()
                        .readTree("{\"Config\":{\"ExposedPorts\":{\"8000-8010/tcp\":{},\"x/tcp\":{},\"53/udp\":{}}}}")))
                .singleElement()
                .matches(port -> port.port() == 53);
    }

    @Test
    void engineThatCannotDescribeContainersNowIsUnavailable() throws IOException {
        containers(503, "{\"message\":\"shutting down\"}");
        FreeholdException e = catchThrowableOfType(FreeholdException.class, () -> containers.list());
        assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void waitingForAStopEndsWhenItIsCancelled() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        server.createContext("/containers/" + ODD + "/stop", exchange -> {
            asked.countDown();
            try {
                if (stopped.await(20, TimeUnit.SECONDS)) {
                    send(exchange, 204, new byte[0]);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        FakeContext context = new FakeContext();
        ContainerPower power = new ContainerPower(client, containers);
        CompletableFuture<FreeholdException> stop = CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(
                        FreeholdException.class, () -> power.stop(new NativeId(ODD), Duration.ofHours(1), context)),
                threads);
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        context.cancel();

        await().untilAsserted(() -> assertThat(stop).isDone());
        assertThat(stop.join().code()).isEqualTo(ErrorCode.CANCELLED);

        stopped.countDown();
        power.stop(new NativeId(ODD), Duration.ofHours(1), new FakeContext());
    }

    @Test
    void longLogIsReadUpToAFewMegabytesNewestFirstAndSaysSo() throws IOException {
        containers(200, "");
        byte[] whole = resource("inspected.json");
        String id = client.mapper().readTree(whole).path("Id").asText();
        int many = 1200;
        server.createContext("/containers/" + id + "/logs", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < many; i++) {
                    byte[] line = bytes("2026-01-31T12:00:00.000000000Z " + i + " " + "x".repeat(60_000) + "\n");
                    out.write(ByteBuffer.allocate(8)
                            .put((byte) 1)
                            .putInt(4, line.length)
                            .array());
                    out.write(line);
                }
            }
        });
        try (Streams streams = new Streams(client, "odd")) {
            List<LogLine> lines = new ContainerLogs(client, containers, streams).logs(new NativeId(id), 10_000);

            assertThat(lines).hasSizeBetween(60, 80);
            assertThat(lines.get(0).text()).contains("leaves out older lines");
            assertThat(lines.get(lines.size() - 1).text()).startsWith("1199 ");
        }
    }
}
