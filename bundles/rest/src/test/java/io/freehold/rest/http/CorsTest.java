package io.freehold.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import io.freehold.rest.TestServer;
import io.freehold.rest.memory.Memory;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorsTest {
    private static final String LISTED = "https://panel.example";

    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer(Map.of("freehold.cors.origins", LISTED + ", http://localhost:3000"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String ask(String method, String origin, String... more) {
        return server.raw(method + " /api/v1/roles HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: "
                + origin + "\r\n" + String.join("\r\n", more) + (more.length == 0 ? "" : "\r\n") + "\r\n");
    }

    @Test
    void aListedPageMayReadTheAnswer() {
        for (String origin : new String[] {LISTED, "http://localhost:3000"}) {
            assertThat(ask("GET", origin, "Authorization: Bearer " + Memory.ADMIN))
                    .startsWith("HTTP/1.1 200")
                    .contains("Access-Control-Allow-Origin: " + origin + "\r\n", "Vary: Origin\r\n")
                    .contains("Access-Control-Expose-Headers: X-Request-Id, Location, ETag")
                    .doesNotContain("Access-Control-Allow-Credentials", "Access-Control-Allow-Methods");
        }
        assertThat(ask("GET", LISTED)).startsWith("HTTP/1.1 401").contains("Access-Control-Allow-Origin: " + LISTED);
    }

    @Test
    void otherPagesMayNot() {
        for (String origin : new String[] {
            "https://evil.example",
            "null",
            "https://panel.example.evil.example",
            "http://panel.example",
            "https://panel.example:444",
            "*",
            ""
        }) {
            assertThat(ask("GET", origin, "Authorization: Bearer " + Memory.ADMIN))
                    .as(origin)
                    .contains("Vary: Origin\r\n")
                    .doesNotContain("Access-Control");
            assertThat(ask("OPTIONS", origin, "Access-Control-Request-Method: POST"))
                    .as(origin)
                    .startsWith("HTTP/1.1 401")
                    .doesNotContain("Access-Control");
        }
    }

    @Test
    void theQuestionBeforehandIsAnsweredWithoutACredential() {
        assertThat(ask(
                        "OPTIONS",
                        LISTED,
                        "Access-Control-Request-Method: DELETE",
                        "Access-Control-Request-Headers: authorization"))
                .startsWith("HTTP/1.1 204")
                .contains("Access-Control-Allow-Origin: " + LISTED)
                .contains("Access-Control-Allow-Methods: GET, HEAD, POST, PUT, PATCH, DELETE")
                .contains("Access-Control-Allow-Headers: Authorization, Content-Type")
                .contains("Access-Control-Max-Age: 600", "X-Request-Id");
        assertThat(ask("OPTIONS", LISTED)).startsWith("HTTP/1.1 401");
    }

    @Test
    void withoutAListNothingIsSaid() {
        try (TestServer plain = new TestServer()) {
            assertThat(plain.raw("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: " + LISTED
                            + "\r\n\r\n"))
                    .doesNotContain("Access-Control", "Vary");
        }
    }

    @Test
    void onlyWholeOriginsCanBeListed() {
        for (String wrong : new String[] {
            "*",
            "https://*",
            "null",
            "panel.example",
            "https://panel.example/",
            "https://a@panel.example",
            "ftp://panel.example",
            "https://a.example,*",
            "https://a.example/x"
        }) {
            assertThatThrownBy(() -> Cors.of(Settings.of(Map.of("freehold.cors.origins", wrong)::get)))
                    .as(wrong)
                    .isInstanceOf(FreeholdException.class)
                    .hasMessageContaining("FREEHOLD_CORS_ORIGINS");
        }
    }
}
