package io.freehold.rest.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.event.EventType;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.State;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.plugin.Plugin;
import io.freehold.api.provider.LogLine;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.rest.TestServer;
import io.freehold.rest.memory.Memory;
import io.freehold.rest.memory.MemoryInstances;
import io.freehold.rest.memory.MemoryStreams;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamsTest {
    private static final Pattern RESET = Pattern.compile(
            "event: reset\nid: \\d+\ndata: \\{\"time\":\"[^\"]+Z\",\"id\":\\d+,\"revision\":\\d+,\"lost\":\\d+}\n");

    private TestServer server;
    private Instance instance;

    @BeforeEach
    void start() {
        server = new TestServer();
        instance = server.memory.instances.add("streaming", State.RUNNING);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String path(String what) {
        return "/api/v1/instances/" + instance.id() + "/" + what;
    }

    @Test
    void eventsArriveWithTheWholeThing() throws Exception {
        try (SseClient client = new SseClient(server, server.request("/api/v1/events"))) {
            assertThat(client.response.statusCode()).isEqualTo(200);
            assertThat(client.response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            server.memory.events.publish(EventType.INSTANCE_CHANGED, 7, instance);
            assertThat(client.next())
                    .hasSize(3)
                    .startsWith("event: instance.changed", "id: 1")
                    .last()
                    .asString()
                    .startsWith("data: {\"time\":")
                    .contains("\"id\":1,\"revision\":7,\"instance\":{\"id\":\"" + instance.id() + "\"");
            Operation operation = server.memory.operations.begin("start", instance.id(), MemoryInstances.BACKEND);
            server.memory.events.publish(EventType.OPERATION_CHANGED, 1, operation);
            assertThat(client.next().get(2)).contains("\"operation\":{\"id\":\"" + operation.id() + "\"");
        }
    }

    @Test
    void aPluginThatChangesIsShownAsThePluginsAre() throws Exception {
        String shown = server.send(server.request("/api/v1/plugins")
                        .header("Content-Type", "application/java-archive")
                        .POST(BodyPublishers.ofString("org.example.hello 1.2.0")))
                .body();
        Plugin plugin =
                server.memory.plugins.get(server.memory.security.owner(new Origin("local", "x")), "org.example.hello");
        try (SseClient client = new SseClient(server, server.request("/api/v1/events"))) {
            server.memory.events.publish(EventType.PLUGIN_CHANGED, 7, plugin);
            assertThat(client.next())
                    .startsWith("event: plugin.changed", "id: 1")
                    .last()
                    .asString()
                    .startsWith("data: {\"time\":")
                    .endsWith("\"id\":1,\"revision\":7,\"plugin\":" + shown + "}");
            server.memory.events.publish(EventType.PLUGIN_REMOVED, 8, plugin);
            assertThat(client.next()).startsWith("event: plugin.removed", "id: 2");
        }
    }

    @Test
    void aClientThatIsGoneIsNoticed() throws Exception {
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), server.uri("/").getPort())) {
            client.getOutputStream()
                    .write(("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Memory.ADMIN
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            await().until(() -> server.memory.events.listeners.size() == 1);
        }
        await().untilAsserted(() -> {
            server.memory.events.publish(EventType.INSTANCE_CHANGED, 8, instance);
            assertThat(server.memory.events.listeners).isEmpty();
        });
    }

    @Test
    void aStreamIsResumedFromTheLastEvent() throws Exception {
        try (SseClient client =
                new SseClient(server, server.request("/api/v1/events").header("Last-Event-ID", "41"))) {
            assertThat(client.next()).startsWith("event: reset");
            assertThat(server.memory.events.resumedFrom).isEqualTo(41);
        }
    }

    @Test
    void whoNamesNoEventIsResetAndToldWhereItIs() throws Exception {
        server.memory.events.publish(EventType.INSTANCE_CHANGED, 7, instance);
        server.memory.events.publish(EventType.INSTANCE_CHANGED, 6, instance);
        for (String unreadable : List.of("x", "1.5", "99999999999999999999", "-3")) {
            try (SseClient client =
                    new SseClient(server, server.request("/api/v1/events").header("Last-Event-ID", unreadable))) {
                assertThat(client.response.statusCode()).as(unreadable).isEqualTo(200);
                List<String> reset = client.next();
                assertThat(reset).startsWith("event: reset", "id: 2");
                assertThat(reset.get(2)).matches("data: \\{\"time\":\"[^\"]+Z\",\"id\":2,\"revision\":7}");
            }
        }
    }

    @Test
    void eachPrincipalHasSoManyStreamsAndNoMore() throws Exception {
        try (TestServer few = new TestServer(Map.of("freehold.open.streams", "1"))) {
            try (SseClient first = new SseClient(few, few.request("/api/v1/events"))) {
                assertThat(first.response.statusCode()).isEqualTo(200);
                var refused = few.get("/api/v1/events");
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.json().get("code").asText()).isEqualTo("TOO_MANY_STREAMS");
                few.memory.security.change(Memory.NOBODY, Set.of(Permissions.INSTANCE_READ));
                try (SseClient others = new SseClient(
                        few, few.open("/api/v1/events").header("Authorization", "Bearer " + Memory.NOBODY))) {
                    assertThat(others.response.statusCode()).isEqualTo(200);
                }
                few.memory.security.endSession(Memory.ADMIN);
                assertThat(first.next()).isEmpty();
            }
        }
    }

    @Test
    void aStreamThatHasEndedMakesPlaceForAnother() throws Exception {
        try (TestServer few = new TestServer(Map.of("freehold.open.streams", "1"))) {
            Operation operation = few.memory.operations.begin("start", instance.id(), MemoryInstances.BACKEND);
            few.memory.operations.end(operation.id(), OperationStatus.SUCCEEDED);
            for (int i = 0; i < 3; i++) {
                await().untilAsserted(() -> {
                    try (SseClient client = new SseClient(few, few.request("/api/v1/operations/" + operation.id()))) {
                        assertThat(client.response.statusCode()).isEqualTo(200);
                        client.next();
                        assertThat(client.next()).isEmpty();
                    }
                });
            }
        }
    }

    @Test
    void aStreamEndsWithItsSession() throws Exception {
        try (SseClient client = new SseClient(server, server.request("/api/v1/events"))) {
            server.memory.security.endSession(Memory.ADMIN);
            assertThat(client.next()).isEmpty();
            await().untilAsserted(
                            () -> assertThat(server.memory.events.listeners).isEmpty());
        }
    }

    @Test
    void aStreamEndsWhenThePermissionIsTaken() throws Exception {
        try (SseClient client = new SseClient(server, server.request(path("logs?follow=true")))) {
            assertThat(client.next()).startsWith("event: log");
            assertThat(client.next()).startsWith("event: log");
            server.memory.security.change(Memory.ADMIN, Set.of(Permissions.INSTANCE_READ));
            assertThat(client.next()).isEmpty();
        }
    }

    @Test
    void aStreamSaysThatTheServerStops() throws Exception {
        try (SseClient client = new SseClient(server, server.request("/api/v1/events"))) {
            server.close();
            assertThat(client.next()).startsWith("event: end");
            assertThat(client.next()).isEmpty();
        }
    }

    @Test
    void aReaderThatIsTooSlowIsResetAndSlowsNobody() throws Exception {
        try (Socket slow = new Socket(
                        InetAddress.getLoopbackAddress(), server.uri("/").getPort());
                SseClient fast = new SseClient(server, server.request("/api/v1/events"))) {
            slow.setReceiveBufferSize(64 * 1024);
            slow.getOutputStream()
                    .write(("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + Memory.ADMIN
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            await().until(() -> server.memory.events.listeners.size() == 2);
            for (int i = 0; i < 20_000; i++) {
                server.memory.events.publish(EventType.INSTANCE_CHANGED, i, instance);
                if (i % 100 == 0) {
                    for (int read = 0; read < 100 && i > 0; read++) {
                        fast.next();
                    }
                }
            }
            slow.setSoTimeout(10_000);
            InputStream in = slow.getInputStream();
            StringBuilder seen = new StringBuilder();
            byte[] buffer = new byte[1 << 16];
            while (!RESET.matcher(seen).find()) {
                int read = in.read(buffer);
                assertThat(read).isPositive();
                seen.delete(0, Math.max(0, seen.length() - 400));
                seen.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void logsAreTextOrFollowed() throws Exception {
        var text = server.get(path("logs?tail=10"));
        assertThat(text.body()).isEqualTo("one\nzwei ü\n");
        assertThat(text.header("Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
        assertThat(server.get(path("logs?tail=1")).body()).isEqualTo("one\n");
        assertThat(server.get(path("logs?tail=10001")).status()).isEqualTo(422);
        try (SseClient client = new SseClient(server, server.request(path("logs?follow=true")))) {
            assertThat(client.next())
                    .containsExactly("event: log", "data: {\"time\":\"2026-01-31T12:00:00Z\",\"text\":\"one\"}");
            client.next();
            await().until(() -> server.memory.streams.logs.size() == 1);
            server.memory.streams.logs.get(0).line(new LogLine(Instant.EPOCH, "new"));
            assertThat(client.next().get(1)).contains("\"text\":\"new\"");
            server.memory.streams.logs.get(0).ended();
            assertThat(client.next()).startsWith("event: end");
            assertThat(client.next()).isEmpty();
        }
        assertThat(server.memory.streams.logs).isEmpty();
    }

    @Test
    void measurementsOfThePastAreRefusedBecauseNoneAreKept() {
        var now = server.get(path("stats") + "?since=2026-01-31T12:00:00Z");
        assertThat(now.status()).isEqualTo(422);
        assertThat(now.body()).contains("\"field\":\"since\"", "not kept");
        var followed = server.send(server.request(path("stats") + "?since=").header("Accept", "text/event-stream"));
        assertThat(followed.status()).isEqualTo(422);
    }

    @Test
    void measurementsAreAnsweredOrFollowed() throws Exception {
        String sample = "{\"at\":\"2026-01-31T12:00:00Z\",\"cpuCores\":0.25,\"memoryBytes\":1,\"memoryLimitBytes\":2,"
                + "\"diskReadBytes\":3,\"diskWriteBytes\":4,\"networkRxBytes\":5,\"networkTxBytes\":6}";
        assertThat(server.get(path("stats")).body()).isEqualTo(sample);
        try (SseClient client = new SseClient(server, server.request(path("stats")))) {
            await().until(() -> server.memory.streams.stats.size() == 1);
            server.memory.streams.stats.get(0).accept(MemoryStreams.SAMPLE);
            assertThat(client.next()).containsExactly("event: stats", "data: " + sample);
        }
    }

    @Test
    void whatMayNotBeFollowedIsToldByTheStatus() {
        server.memory.security.change(Memory.NOBODY, Set.of(Permissions.INSTANCE_READ));
        for (String what : new String[] {"logs?follow=true", "logs", "stats"}) {
            var request = server.open(path(what)).header("Authorization", "Bearer " + Memory.NOBODY);
            assertThat(server.send(request).status()).as(what).isEqualTo(403);
        }
        server.memory.security.change(Memory.NOBODY, Set.<Permission>of());
        assertThat(server.send(server.open(path("stats"))
                                .header("Accept", "text/event-stream")
                                .header("Authorization", "Bearer " + Memory.NOBODY))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anOperationIsFollowedToItsEnd() throws Exception {
        server.memory.events.publish(EventType.INSTANCE_CHANGED, 7, instance);
        Operation operation = server.memory.operations.begin("start", instance.id(), MemoryInstances.BACKEND);
        try (SseClient client = new SseClient(server, server.request("/api/v1/operations/" + operation.id()))) {
            assertThat(client.next().get(1))
                    .matches("data: \\{\"time\":\"[^\"]+Z\",\"id\":1,\"revision\":1,\"operation\":\\{\"id\":\""
                            + operation.id() + "\".*\"status\":\"RUNNING\".*");
            server.memory.operations.end(operation.id(), OperationStatus.SUCCEEDED);
            assertThat(client.next().get(1))
                    .contains("\"id\":2,\"revision\":2,\"operation\":{")
                    .contains("\"status\":\"SUCCEEDED\"");
            assertThat(client.next()).isEmpty();
        }
        assertThat(server.memory.events.listeners).isEmpty();
    }
}
