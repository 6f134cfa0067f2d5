package io.freehold.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.rest.ServerTest;
import io.freehold.rest.memory.Memory;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that other servers and proxies read in another way, and bodies that are bombs. */
class RawHttpTest extends ServerTest {
    private static final String HEAD = "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    /** What an attacker wants to be read as a request of its own. */
    private static final String SMUGGLED = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private void refused(String request) {
        String answer = server.raw(request);
        assertThat(answer).as(request).startsWith("HTTP/1.1 400").contains("application/problem+json");
        assertThat(answer.split("HTTP/1\\.1 ", -1)).as("one answer: " + answer).hasSize(2);
    }

    @Test
    void twoLengthsAreRefused() {
        refused(HEAD + JSON + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED);
        refused(HEAD + JSON + "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n" + SMUGGLED);
        refused(HEAD + JSON + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}" + SMUGGLED);
        refused(HEAD + JSON + "Content-Length: 2, 3\r\n\r\n{}" + SMUGGLED);
    }

    @Test
    void otherProtocolsAreRefused() {
        for (String line : List.of("GET /healthz", "GET /healthz HTTP/1.2", "GET /healthz HTPP/1.1")) {
            refused(line + "\r\nHost: localhost\r\n\r\n");
        }
    }

    @Test
    void lengthsThatAreNoNumberAreRefused() {
        for (String length : List.of("+2", "-1", "0x2", "2 2", "99999999999999999999", "")) {
            refused(HEAD + JSON + "Content-Length: " + length + "\r\n\r\n{}" + SMUGGLED);
        }
    }

    @Test
    void otherTransferEncodingsThanChunkedAreRefused() {
        for (String encoding : List.of("xchunked", "identity, chunked, identity", "chunked, gzip", "gzip, identity")) {
            refused(HEAD + JSON + "Transfer-Encoding: " + encoding + "\r\n\r\n0\r\n\r\n" + SMUGGLED);
        }
        refused(HEAD + JSON + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + SMUGGLED);
    }

    @Test
    void linesThatAreFoldedAreRefused() {
        refused("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n c\r\nConnection: close\r\n\r\n");
        refused("GET /healthz HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"
                + SMUGGLED);
    }

    @Test
    void bareLineFeedsAreRefused() {
        refused("GET /healthz HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        refused("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: b\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + SMUGGLED);
    }

    @Test
    void twoHostsAreRefused() {
        refused("GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        assertThat(server.raw(
                        "GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .doesNotStartWith("HTTP/1.1 200");
    }

    @Test
    void controlCharactersInAHeadAreRefused() {
        refused("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: b\0c\r\nConnection: close\r\n\r\n");
        refused("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX A: b\r\nConnection: close\r\n\r\n");
        refused("GET /health\0z HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    @Test
    void longAddressesAndManyHeadersAreRefused() {
        assertThat(server.raw("GET /" + "a".repeat(40_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 414")
                .contains("problem+json");
        assertThat(server.raw("GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + "A: b\r\n".repeat(10_000) + "\r\n"))
                .startsWith("HTTP/1.1 431")
                .contains("problem+json");
    }

    @Test
    void compressedBodiesAreRefused() {
        for (String encoding : List.of("gzip", "br", "deflate, gzip")) {
            assertThat(server.send(server.request("/api/v1/backends")
                                    .header("Content-Type", "application/json")
                                    .header("Content-Encoding", encoding)
                                    .POST(BodyPublishers.ofString("{}")))
                            .status())
                    .isEqualTo(415);
        }
    }

    @Test
    void cve_2026_52857_aBodyWithoutEndIsNotReadWithoutEnd() {
        String chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";
        String answer = server.raw("POST /api/v1/backends HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Memory.ADMIN + "\r\nConnection: close\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(40) + "0\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 413");
        refused(HEAD + JSON + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n{}");
        refused(HEAD + JSON + "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}");
    }

    @Test
    void cve_2026_52857_jsonThatIsDeepOrLongOrInAnotherEncodingIsRefused() {
        for (String json : List.of(
                "{\"config\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "{\"config\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000) + "}",
                "[".repeat(100_000),
                "{\"config\":{\"a\":" + "9".repeat(100_000) + "}}",
                "{\"config\":{\"a\":1e999999999}}",
                "{\"" + "a".repeat(100_000) + "\":1}",
                "{\"config\":{\"a\":1,\"a\":2}}",
                "{\"config\":{\"a\":NaN}}")) {
            assertThat(server.post("/api/v1/backends", json).status())
                    .as(json.substring(0, Math.min(json.length(), 40)))
                    .isBetween(400, 499);
        }
        for (byte[] json : List.of(
                new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'},
                new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
                new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'},
                new byte[] {0, 0, 0, '{', (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
                new byte[] {0, '{', (byte) 0xd8},
                "{}".getBytes(StandardCharsets.UTF_16LE),
                "{}".getBytes(StandardCharsets.UTF_16))) {
            assertThat(server.send(server.request("/api/v1/backends")
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofByteArray(json)))
                            .status())
                    .as(new String(json, StandardCharsets.ISO_8859_1))
                    .isEqualTo(400);
        }
    }

    @Test
    void methodsThatNothingUsesAreRefused() {
        for (String method : List.of("TRACE", "CONNECT", "TRACK", "PROPFIND", "get", "X")) {
            String target = "CONNECT".equals(method) ? "localhost:80" : "/healthz";
            assertThat(server.firstLine(
                            method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .as(method)
                    .containsPattern("^HTTP/1.1 4(05|00|21)");
        }
    }
}
