package io.freehold.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.rest.ServerTest;
import io.freehold.rest.TestServer;
import io.freehold.rest.TestServer.Answer;
import io.freehold.rest.memory.Memory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrontTest extends ServerTest {
    private static void isProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
        assertThat(answer.json().get("code").asText()).isEqualTo(code);
        assertThat(answer.json().get("type").asText()).startsWith("urn:freehold:problem:");
        assertThat(answer.json().get("title").asText()).isNotEmpty();
        assertThat(answer.json().get("detail").asText()).isNotEmpty();
        assertThat(answer.json().get("requestId").asText()).isEqualTo(answer.header("X-Request-Id"));
        hasSecurityHeaders(answer);
        assertThat(answer.body()).doesNotContain("io.freehold", "jetty", "jersey", "Exception", "/work");
    }

    private static void hasSecurityHeaders(Answer answer) {
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(answer.header("Permissions-Policy")).contains("camera=()");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Strict-Transport-Security")).isEmpty();
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Server")).isEmpty();
    }

    @Test
    void healthIsOpenAndSaysNothingMore() {
        Answer answer = server.send(server.open("/healthz"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
        hasSecurityHeaders(answer);
        assertThat(server.send(server.open("/readyz")).body()).isEqualTo("{\"status\":\"UP\"}");
        isProblem(server.send(server.open("/healthz").DELETE()), 405, "METHOD_NOT_ALLOWED");
    }

    @Test
    void healthSaysMoreToWhoShowsAGoodCredential() {
        server.post("/api/v1/backends", "{\"provider\":\"fake\",\"name\":\"home\",\"config\":{\"url\":\"u\"}}");
        for (String path : List.of("/healthz", "/readyz")) {
            Answer answer = server.get(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get("status").asText()).isEqualTo("UP");
            assertThat(answer.json().at("/details/database").asText()).isEqualTo("UP");
            assertThat(answer.json().at("/details/services").toString()).contains("\"authenticator\"", "\"instances\"");
            assertThat(answer.json().at("/details/providers").toString()).isEqualTo("[\"fake\"]");
            long backends = server.get("/api/v1/backends").json().get("total").asLong();
            assertThat(answer.json().at("/details/backends/total").asLong())
                    .isEqualTo(backends)
                    .isPositive();
            assertThat(answer.json().at("/details/backends/reachable").asLong()).isEqualTo(backends);
        }
        Answer nobody = server.send(server.open("/readyz").header("Authorization", "Bearer " + Memory.NOBODY));
        assertThat(nobody.json().at("/details/backends/total").asLong()).isZero();
    }

    @Test
    void aBadCredentialNeitherFailsAProbeNorTellsItMore() {
        for (String credential : List.of("Bearer wrong", "Basic YTpi", "")) {
            for (String path : List.of("/healthz", "/readyz")) {
                Answer answer = server.send(server.open(path).header("Authorization", credential));
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
            }
        }
    }

    @Test
    void aSecurityTxtSaysWhomToTell() {
        Answer answer = server.send(server.open("/.well-known/security.txt"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        hasSecurityHeaders(answer);
        assertThat(answer.body().lines())
                .contains(
                        "Contact: https://panel.example/", "Canonical: https://panel.example/.well-known/security.txt")
                .anyMatch(line -> line.startsWith("Expires: ")
                        && Instant.parse(line.substring(9)).isAfter(Instant.now())
                        && Instant.parse(line.substring(9))
                                .isBefore(Instant.now().plus(Duration.ofDays(365))));
        try (TestServer other = new TestServer(Map.of("freehold.security.contact", "mailto:security@panel.example"))) {
            assertThat(other.send(other.open("/.well-known/security.txt")).body())
                    .startsWith("Contact: mailto:security@panel.example\n");
        }
    }

    @Test
    void headersThatCannotBeReadAreMalformed() {
        for (String method : List.of("GET", "POST")) {
            for (String header : List.of("Accept: ;;;", "Accept: application/json;q=x", "Content-Type: ///")) {
                String answer = server.raw(method + " /api/v1/users HTTP/1.1\r\nHost: localhost\r\n"
                        + "Authorization: Bearer " + Memory.ADMIN + "\r\n" + header
                        + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                assertThat(answer)
                        .as(method + " " + header)
                        .startsWith("HTTP/1.1 400")
                        .contains("Content-Type: application/problem+json", "\"code\":\"MALFORMED\"")
                        .contains("\"requestId\":\"");
            }
        }
    }

    @Test
    void twoContentTypesAreMalformed() {
        for (String body : List.of("{}", "")) {
            String answer = server.raw("POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + Memory.ADMIN + "\r\nContent-Type: application/json\r\nContent-Type: application/json\r\n"
                    + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("Content-Type: application/problem+json", "\"code\":\"MALFORMED\"");
        }
    }

    @Test
    void readinessFollowsTheDatabase() {
        server.memory.transactions.broken = true;
        try {
            Answer answer = server.send(server.open("/readyz"));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{\"status\":\"DOWN\"}");
            assertThat(server.send(server.open("/healthz")).status()).isEqualTo(200);
            assertThat(server.get("/readyz").status()).isEqualTo(503);
            assertThat(server.get("/healthz").status()).isEqualTo(200);
            assertThat(server.get("/healthz").json().at("/details/database").asText())
                    .isEqualTo("DOWN");
        } finally {
            server.memory.transactions.broken = false;
        }
    }

    @Test
    void theApiTakesACredential() {
        Answer answer = server.send(server.open("/api/v1/instances"));
        isProblem(answer, 401, "UNAUTHENTICATED");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        isProblem(
                server.send(server.open("/api/v1/instances").header("Authorization", "Bearer wrong")),
                401,
                "UNAUTHENTICATED");
        isProblem(
                server.send(server.open("/api/v1/instances").header("Authorization", "Basic YTpi")),
                401,
                "UNAUTHENTICATED");
        isProblem(
                server.send(server.open("/api/v1/instances")
                        .header("Authorization", "Bearer " + Memory.ADMIN)
                        .header("Authorization", "Bearer " + Memory.ADMIN)),
                401,
                "UNAUTHENTICATED");
        isProblem(server.send(server.open("/api/v1/nothing")), 401, "UNAUTHENTICATED");
    }

    @Test
    void cve_2026_44883_credentialsInAnAddressAreNotLookedAt() {
        isProblem(
                server.send(server.open("/api/v1/instances?access_token=" + Memory.ADMIN + "&token=" + Memory.ADMIN)),
                401,
                "UNAUTHENTICATED");
    }

    @Test
    void openRoutesAreOpenInTheirOneSpellingOnly() {
        assertThat(server.send(server.open("/api/v1/setup")).status()).isEqualTo(200);
        isProblem(server.send(server.open("/api/v1/setup/")), 401, "UNAUTHENTICATED");
        isProblem(server.send(server.open("/api/v1/setup;a=b")), 401, "UNAUTHENTICATED");
        isProblem(server.send(server.open("/api/v1/%73etup")), 401, "UNAUTHENTICATED");
        isProblem(server.send(server.open("/api/v1/setup").DELETE()), 401, "UNAUTHENTICATED");
        assertThat(
                        server.raw(
                                "GET /api/v1/auth/login/../../instances HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .doesNotStartWith("HTTP/1.1 200");
    }

    @Test
    void unknownRoutesAreNotFound() {
        isProblem(server.get("/api/v1/nothing"), 404, "NOT_FOUND");
        isProblem(server.get("/nothing"), 404, "NOT_FOUND");
        isProblem(server.get("/"), 404, "NOT_FOUND");
        isProblem(server.get("/api/v1/application.wadl"), 404, "NOT_FOUND");
    }

    @Test
    void methodsThatARouteDoesNotHaveAreRefused() {
        Answer answer = server.delete("/api/v1/roles");
        isProblem(answer, 405, "METHOD_NOT_ALLOWED");
        assertThat(answer.header("Allow")).contains("GET");
    }

    @Test
    void traceIsRefused() {
        String answer = server.raw(
                "TRACE /api/v1/setup HTTP/1.1\r\nHost: localhost\r\nX-Secret: s3\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 405").doesNotContain("s3").contains("METHOD_NOT_ALLOWED");
    }

    @Test
    void requestIdsAreTakenOverIfTheyAreHarmless() {
        assertThat(server.send(server.request("/healthz").header("X-Request-Id", "abc-123.x:y_Z"))
                        .header("X-Request-Id"))
                .isEqualTo("abc-123.x:y_Z");
        assertThat(server.send(server.request("/healthz").header("X-Request-Id", "a b<c>"))
                        .header("X-Request-Id"))
                .matches("[0-9a-f]{32}");
        server.send(server.request("/api/v1/roles").header("X-Request-Id", "in-the-audit-log"));
        assertThat(server.memory.security.lastOrigin).isNotNull();
        assertThat(server.memory.security.lastOrigin.requestId()).isEqualTo("in-the-audit-log");
        assertThat(server.memory.security.lastOrigin.source()).isEqualTo("127.0.0.1");
    }

    @Test
    void otherHostNamesAreRefused() {
        String head = "GET /healthz HTTP/1.1\r\nConnection: close\r\nHost: ";
        assertThat(server.raw(head + "evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 421")
                .contains("WRONG_HOST");
        assertThat(server.raw(head + "localhost:1234\r\n\r\n")).startsWith("HTTP/1.1 200");
        assertThat(server.raw(head + "[::1]:8080\r\n\r\n")).startsWith("HTTP/1.1 200");
        assertThat(server.raw(head + "panel.example\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    void unreadableRequestsAreProblemsToo() {
        assertThat(server.raw("GET /api/v1/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "X-Request-Id", "nosniff")
                .doesNotContain("jetty", "Jetty", "<html");
        assertThat(server.raw("GET /api/v1/instances?q=%zz HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + Memory.ADMIN + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("MALFORMED");
        assertThat(server.raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400").contains("problem+json");
        assertThat(server.raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void largeHeadsAreRefused() {
        assertThat(server.raw("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: " + "a".repeat(40_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("problem+json");
    }

    @Test
    void largeBodiesAreRefused() {
        String large = "{\"name\":\"" + "a".repeat(1 << 20) + "\"}";
        isProblem(server.post("/api/v1/backends", large), 413, "TOO_LARGE");
        isProblem(
                server.send(server.request("/api/v1/backends")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))),
                413,
                "TOO_LARGE");
    }

    @Test
    void otherTypesOfBodiesAreRefused() {
        isProblem(
                server.send(server.request("/api/v1/backends")
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}"))),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        isProblem(
                server.send(server.request("/api/v1/backends").POST(BodyPublishers.ofString("{}"))),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        isProblem(
                server.send(server.request("/api/v1/backends")
                        .header("Content-Type", "application/json; charset=utf-16")
                        .POST(BodyPublishers.ofString("{}"))),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void whatCannotBeAcceptedIsRefused() {
        isProblem(server.send(server.request("/api/v1/roles").header("Accept", "image/png")), 406, "NOT_ACCEPTABLE");
    }

    @Test
    void badJsonIsMalformed() {
        isProblem(server.post("/api/v1/backends", ""), 400, "MALFORMED");
        isProblem(server.post("/api/v1/backends", "{"), 400, "MALFORMED");
        isProblem(server.post("/api/v1/backends", "null"), 400, "MALFORMED");
        isProblem(server.post("/api/v1/backends", "[]"), 400, "MALFORMED");
        isProblem(server.post("/api/v1/backends", "{} {}"), 400, "MALFORMED");
        isProblem(server.post("/api/v1/backends", "{\"name\":\"a\",\"name\":\"b\"}"), 400, "MALFORMED");
        isProblem(
                server.post("/api/v1/backends", "{\"config\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"),
                400,
                "MALFORMED");
        isProblem(server.post("/api/v1/backends", "{\"name\":5}"), 400, "MALFORMED");
        Answer unknown = server.post("/api/v1/backends", "{\"nmae\":\"a\"}");
        isProblem(unknown, 400, "MALFORMED");
        assertThat(unknown.json().get("violations").get(0).get("field").asText())
                .isEqualTo("nmae");
    }

    @Test
    void bodiesThatArriveSlowlyHoldNoThread() {
        String head = "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\n\r\n{";
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), server.uri("/").getPort());
                socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
                slow.add(socket);
            }
            assertThat(server.get("/api/v1/roles").status()).isEqualTo(200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            slow.forEach(FrontTest::close);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoIsRefusedBeforeTheBodyIsReadIsToldThatTheConnectionEnds() {
        String answer = server.raw("POST /api/v1/users HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 401").containsIgnoringCase("\r\nConnection: close\r\n");
        String head = "GET /api/v1/users HTTP/1.1\r\nHost: localhost\r\n";
        answer = server.raw(head + "\r\n" + head + "Connection: close\r\n\r\n");
        assertThat(answer.lines().filter(line -> line.contains("HTTP/1.1 401")))
                .as(answer)
                .hasSize(2);
    }
}
