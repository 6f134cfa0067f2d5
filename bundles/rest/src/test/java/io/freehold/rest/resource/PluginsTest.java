package io.freehold.rest.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.security.Permissions;
import io.freehold.rest.TestServer;
import io.freehold.rest.TestServer.Answer;
import io.freehold.rest.memory.Memory;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PluginsTest {
    private static final String PLUGINS = "/api/v1/plugins";
    private static final String JAR = "application/java-archive";

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer send(String method, String path, String type, byte[] body) {
        return server.send(
                server.request(path).header("Content-Type", type).method(method, BodyPublishers.ofByteArray(body)));
    }

    private Answer upload(String text) {
        return send("POST", PLUGINS, JAR, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPluginIsUploadedReplacedRolledBackDisabledAndRemoved() {
        Answer made = upload("hello 1.0.0");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo(PLUGINS + "/hello");
        assertThat(made.json().get("symbolicName").asText()).isEqualTo("hello");
        assertThat(send("PUT", PLUGINS + "/hello", JAR, "hello 1.1.0".getBytes(StandardCharsets.UTF_8))
                        .json()
                        .get("previousVersion")
                        .asText())
                .isEqualTo("1.0.0");
        assertThat(server.post(PLUGINS + "/hello/rollback", "")
                        .json()
                        .get("version")
                        .asText())
                .isEqualTo("1.0.0");
        assertThat(server.post(PLUGINS + "/hello/disable", "")
                        .json()
                        .get("state")
                        .asText())
                .isEqualTo("DISABLED");
        assertThat(server.post(PLUGINS + "/hello/enable", "")
                        .json()
                        .get("state")
                        .asText())
                .isEqualTo("ACTIVE");
        Answer list = server.get(PLUGINS);
        assertThat(list.json().get("total").asInt()).isEqualTo(1);
        assertThat(server.send(server.request(PLUGINS).header("If-None-Match", list.header("ETag")))
                        .status())
                .isEqualTo(304);
        assertThat(server.delete(PLUGINS + "/hello").status()).isEqualTo(204);
        assertThat(server.get(PLUGINS + "/hello").status()).isEqualTo(404);
        assertThat(server.post(PLUGINS + "/hello/enable", "").status()).isEqualTo(404);
    }

    @Test
    void aJarMayBeLargerThanOtherBodiesAndIsNothingElse() {
        byte[] large = new byte[2 << 20];
        assertThat(send("POST", PLUGINS, JAR, large).status()).isEqualTo(422);
        assertThat(send("POST", PLUGINS, "application/json", "{}".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(415);
        assertThat(send("POST", "/api/v1/users", JAR, large).status()).isEqualTo(415);
        assertThat(send("POST", PLUGINS, JAR, new byte[0]).status()).isEqualTo(422);
    }

    @Test
    void nothingIsReadOfAnUploadByWhoMayNotManagePlugins() {
        server.memory.security.change(Memory.NOBODY, Set.of(Permissions.PLUGIN_READ));
        String answer = server.firstLine("POST " + PLUGINS + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Memory.NOBODY + "\r\nContent-Type: " + JAR + "\r\nContent-Length: 67108864\r\n\r\n");
        assertThat(answer).contains("403");
        assertThat(server.memory.security.denials).isNotEmpty();
    }

    private Answer keyed(String path, String key, String type, String body) {
        return server.send(server.request(path)
                .header("Content-Type", type)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void aKeyedUploadTakesEffectOnceAndIsAnsweredTwice() {
        Answer first = keyed(PLUGINS, "up-1", JAR, "hello 1.0.0");
        assertThat(first.status()).isEqualTo(201);
        Answer second = keyed(PLUGINS, "up-1", JAR, "hello 1.0.0");
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Location")).isEqualTo(PLUGINS + "/hello");
        assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(server.memory.plugins.changes()).isEqualTo(1);
        Answer other = keyed(PLUGINS, "up-1", JAR, "hello 1.0.1");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().get("code").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void aRefusedUploadMayBeTriedAgainWithItsKey() {
        assertThat(keyed(PLUGINS, "up-2", JAR, "nothing").status()).isEqualTo(422);
        assertThat(keyed(PLUGINS, "up-2", JAR, "hello 1.0.0").status()).isEqualTo(201);
    }

    @Test
    void whatIsDoneWithAPluginByAKeyIsDoneOnce() {
        upload("hello 1.0.0");
        upload("hello 1.1.0");
        for (String action : List.of("disable", "enable", "rollback")) {
            String path = PLUGINS + "/hello/" + action;
            long before = server.memory.plugins.changes();
            Answer first = keyed(path, "key-" + action, "application/json", "");
            Answer second = keyed(path, "key-" + action, "application/json", "");
            assertThat(first.status()).as(first.body()).isEqualTo(200);
            assertThat(second.body()).as(action).isEqualTo(first.body());
            assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(server.memory.plugins.changes()).as(action).isEqualTo(before + 1);
            assertThat(keyed(path, "key-" + action, "application/json", "{}")
                            .json()
                            .get("code")
                            .asText())
                    .isEqualTo("IDEMPOTENCY_KEY_REUSED");
        }
        assertThat(server.get(PLUGINS + "/hello").json().get("version").asText())
                .isEqualTo("1.0.0");
    }
}
