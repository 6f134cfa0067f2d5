package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Suspicious activity against a running Freehold is told of to a web server on this machine. */
class AlertTest {
    @TempDir
    Path folder;

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Freehold freehold;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            received.add(Answer.json(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        if (freehold != null) {
            freehold.close();
        }
    }

    private Answer addChannel(Client admin) {
        return admin.post(
                "/api/v1/alert-channels",
                Map.of(
                        "name",
                        "ops",
                        "type",
                        "webhook",
                        "url",
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/hook",
                        "events",
                        List.of("guessing", "privilege-change"),
                        "secret",
                        "canary-for-the-hook"));
    }

    private void awaitEvent(String type) {
        await().atMost(Duration.ofSeconds(60)).until(() -> received.stream()
                .anyMatch(event -> event.path("type").asText().equals("io.freehold.alert." + type)));
    }

    @Test
    void guessingAndANewAdministratorAreToldOfWithinAMinute() {
        freehold = new Freehold(folder.resolve("data"))
                .with("FREEHOLD_ALERT_PRIVATE_HOSTS", "127.0.0.1")
                .start();
        Client admin = freehold.setUp();
        Answer channel = addChannel(admin);
        assertThat(channel.status()).as(channel.text()).isEqualTo(201);
        Answer tested = admin.post("/api/v1/alert-channels/" + channel.get("id") + "/test", Map.of());
        assertThat(tested.json().path("ok").asBoolean()).as(tested.text()).isTrue();
        awaitEvent("test");

        for (int i = 0; i < 11; i++) {
            freehold.anonymous()
                    .post("/api/v1/auth/login", Map.of("username", "nobody" + i, "password", "a wrong passphrase"));
        }
        awaitEvent("guessing");

        String user = admin.post("/api/v1/users", Map.of("username", "trent", "password", Client.PASSWORD))
                .get("id");
        admin.post(
                "/api/v1/role-bindings", Map.of("principal", "user:" + user, "roleId", "administrator", "scope", "/"));
        awaitEvent("privilege-change");
        assertThat(received.toString()).doesNotContain("canary");
    }

    @Test
    void thisMachineIsNoTargetUnlessTheSettingSaysSo() {
        freehold = new Freehold(folder.resolve("data")).start();
        Client admin = freehold.setUp();
        String id = addChannel(admin).get("id");
        Answer tested = admin.post("/api/v1/alert-channels/" + id + "/test", Map.of());
        assertThat(tested.json().path("ok").asBoolean()).isFalse();
        assertThat(tested.get("message")).contains("alert.private.hosts");
        assertThat(received).isEmpty();
    }
}
