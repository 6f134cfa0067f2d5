package io.freehold.rest.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.instance.State;
import io.freehold.rest.ServerTest;
import io.freehold.rest.TestServer.Answer;
import io.freehold.rest.memory.Memory;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Browsers, whose credential goes along by itself. */
class CookieTest extends ServerTest {
    private static final String COOKIE = "freehold=" + Memory.ADMIN;

    private HttpRequest.Builder byCookie(String path) {
        return server.open(path).header("Cookie", COOKIE).header("Content-Type", "application/json");
    }

    private String csrf() {
        return server.send(byCookie("/api/v1/auth/csrf"))
                .json()
                .get("csrfToken")
                .asText();
    }

    private Answer logout(String... headers) {
        HttpRequest.Builder request = byCookie("/api/v1/auth/logout").POST(BodyPublishers.noBody());
        return server.send(headers.length == 0 ? request : request.headers(headers));
    }

    @Test
    void signingInByCookiePutsNoTokenInTheBody() {
        Answer answer = server.send(server.open("/api/v1/auth/login")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"username\":\"ada\",\"password\":\"correct horse battery\",\"delivery\":\"cookie\"}")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().fieldNames()).toIterable().containsExactly("expiresIn", "csrfToken", "user");
        List<String> cookies = answer.response().headers().allValues("Set-Cookie");
        assertThat(cookies)
                .containsExactlyInAnyOrder(
                        COOKIE + "; Path=/; HttpOnly; SameSite=Strict",
                        "freehold-refresh=refresh; Path=/api/v1/auth/refresh; HttpOnly; SameSite=Strict");
        assertThat(answer.json().get("csrfToken").asText()).isEqualTo(csrf());
    }

    @Test
    void refreshingByCookieSetsBothAnew() {
        Answer answer = server.send(server.open("/api/v1/auth/refresh")
                .header("Cookie", "freehold-refresh=refresh")
                .POST(BodyPublishers.noBody()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.response().headers().allValues("Set-Cookie")).hasSize(2);
        assertThat(answer.json().has("accessToken")).isFalse();
    }

    @Test
    void aPageOfAnotherOriginRefreshesNothing() {
        int port = server.uri("/").getPort();
        for (String origin :
                List.of("https://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:" + port)) {
            Answer refused = refresh(origin);
            assertThat(refused.status()).as(origin).isEqualTo(403);
            assertThat(refused.json().get("code").asText()).isEqualTo("WRONG_ORIGIN");
            assertThat(refused.response().headers().allValues("Set-Cookie")).isEmpty();
        }
        assertThat(refresh("http://127.0.0.1:" + port).status()).isEqualTo(200);
        assertThat(refresh("https://panel.example").status()).isEqualTo(200);
    }

    private Answer refresh(String origin) {
        return server.send(server.open("/api/v1/auth/refresh")
                .header("Cookie", "freehold-refresh=refresh")
                .header("Origin", origin)
                .POST(BodyPublishers.noBody()));
    }

    @Test
    void aWriteByCookieTakesTheSessionsToken() {
        assertThat(logout().json().get("code").asText()).isEqualTo("CSRF");
        assertThat(logout("X-CSRF-Token", "wrong").status()).isEqualTo(403);
        String others =
                "csrf-of-" + server.memory.security.caller(Memory.NOBODY).sessionId();
        assertThat(logout("X-CSRF-Token", others).status()).isEqualTo(403);
        assertThat(logout("X-CSRF-Token", csrf(), "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        Answer out = logout("X-CSRF-Token", csrf());
        assertThat(out.status()).isEqualTo(204);
        assertThat(out.response().headers().allValues("Set-Cookie")).hasSize(2).allSatisfy(cookie -> assertThat(cookie)
                .contains("Max-Age=0"));
    }

    @Test
    void aBearerTokenGoesBeforeACookie() {
        assertThat(logout("Authorization", "Bearer " + Memory.ADMIN).status()).isEqualTo(204);
        assertThat(logout("Authorization", "Bearer wrong", "X-CSRF-Token", csrf())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void ofTwoCookiesOfOneNameNeitherCounts() {
        assertThat(server.send(server.open("/api/v1/auth/me").header("Cookie", COOKIE + "; " + COOKIE))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aWebSocketByCookieTakesOurOwnOrigin() {
        String path = "/api/v1/instances/"
                + server.memory.instances.add("cookie", State.RUNNING).id() + "/console";
        int port = server.uri("/").getPort();
        String start = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: " + COOKIE + "\r\n";
        assertThat(server.firstLine(start + "\r\n")).startsWith("HTTP/1.1 403");
        assertThat(server.firstLine(start + "Origin: https://evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(server.firstLine(start + "Origin: http://127.0.0.1:" + port + "\r\n\r\n"))
                .startsWith("HTTP/1.1 101");
    }

    @Test
    void whoOwesAPasswordReachesNothingButTheOwnAccount() {
        var nora = server.memory.security.caller(Memory.NOBODY).principal();
        server.memory.security.owing.add(nora);
        for (String path : List.of("instances", "events", "users", "api-tokens", "auth/tickets", "auth/me/x")) {
            Answer answer =
                    server.send(server.open("/api/v1/" + path).header("Authorization", "Bearer " + Memory.NOBODY));
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.json().get("code").asText()).isEqualTo("PASSWORD_CHANGE_REQUIRED");
        }
        assertThat(server.send(server.open("/api/v1/auth/me").header("Authorization", "Bearer " + Memory.NOBODY))
                        .status())
                .isEqualTo(200);
        server.memory.security.owing.remove(nora);
    }
}
