package io.freehold.rest.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.State;
import io.freehold.rest.TestServer;
import io.freehold.rest.memory.Memory;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProxiedTest {
    private static final String PROXIES = "127.0.0.1, 10.1.0.0/16";

    private static TestServer server(String trusted, String headers) {
        return new TestServer(Map.of("freehold.proxy.trusted", trusted, "freehold.proxy.headers", headers));
    }

    /** The address that counts for a request with the headers. */
    private static String source(TestServer server, String... headers) {
        assertThat(ask(server, headers)).startsWith("HTTP/1.1 200");
        return Objects.requireNonNull(server.memory.security.lastOrigin).source();
    }

    private static String ask(TestServer server, String... headers) {
        return server.raw("GET /api/v1/roles HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                + Memory.ADMIN + "\r\n" + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n") + "\r\n");
    }

    @Test
    void cve_2023_37265_whatAClientSaysOfItsAddressIsNotBelieved() {
        try (TestServer server = new TestServer()) {
            assertThat(source(
                            server,
                            "X-Forwarded-For: 127.0.0.2",
                            "X-Real-IP: 127.0.0.2",
                            "X-Forwarded-Host: evil.example",
                            "X-Forwarded-Proto: https",
                            "Client-IP: 127.0.0.2",
                            "Forwarded: for=127.0.0.2;proto=https;host=evil.example"))
                    .isEqualTo("127.0.0.1");
            assertThat(ask(server, "X-Forwarded-Proto: https", "Forwarded: proto=https"))
                    .doesNotContain("Strict-Transport-Security");
        }
    }

    @Test
    void cve_2023_37265_theRightMostHopThatIsNoProxyIsTheClient() {
        try (TestServer server = server(PROXIES, "x-forwarded")) {
            assertThat(source(server)).isEqualTo("127.0.0.1");
            assertThat(source(server, "X-Forwarded-For: 198.51.100.7")).isEqualTo("198.51.100.7");
            assertThat(source(server, "X-Forwarded-For: 127.0.0.1, 203.0.113.9, 198.51.100.7"))
                    .isEqualTo("198.51.100.7");
            assertThat(source(server, "X-Forwarded-For: 203.0.113.9, 198.51.100.7, 10.1.2.3"))
                    .isEqualTo("198.51.100.7");
            assertThat(source(server, "X-Forwarded-For: 203.0.113.9", "X-Forwarded-For: 198.51.100.7"))
                    .isEqualTo("198.51.100.7");
            assertThat(source(server, "X-Forwarded-For: 198.51.100.7:4711")).isEqualTo("198.51.100.7");
            assertThat(source(server, "X-Forwarded-For: 2001:db8::7")).startsWith("[2001:db8:");
            assertThat(source(server, "X-Forwarded-For: [2001:db8::7]:4711")).startsWith("[2001:db8:");
        }
    }

    @Test
    void whatIsNoAddressEndsTheWayAtTheProxyThatSaidIt() {
        try (TestServer server = server(PROXIES, "x-forwarded")) {
            assertThat(source(server, "X-Forwarded-For: unknown")).isEqualTo("127.0.0.1");
            assertThat(source(server, "X-Forwarded-For: localhost")).isEqualTo("127.0.0.1");
            assertThat(source(server, "X-Forwarded-For: 198.51.100.7, nonsense, 10.1.2.3"))
                    .isEqualTo("10.1.2.3");
            assertThat(source(server, "X-Forwarded-For: ,,")).isEqualTo("127.0.0.1");
            assertThat(source(server, "X-Forwarded-For: 999.1.1.1")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void onlyTheKindOfHeaderThatTheProxySetsIsLookedAt() {
        try (TestServer server = server(PROXIES, "x-forwarded")) {
            assertThat(source(server, "X-Forwarded-For: 198.51.100.7", "Forwarded: for=203.0.113.9"))
                    .isEqualTo("198.51.100.7");
        }
        try (TestServer server = server(PROXIES, "forwarded")) {
            assertThat(source(server, "X-Forwarded-For: 198.51.100.7", "Forwarded: for=203.0.113.9"))
                    .isEqualTo("203.0.113.9");
            assertThat(source(server, "Forwarded: for=203.0.113.9;proto=http, For=\"[2001:db8::7]:99\";by=10.1.0.1"))
                    .startsWith("[2001:db8:");
            assertThat(source(server, "Forwarded: for=_hidden;proto=https")).isEqualTo("127.0.0.1");
            assertThat(source(server, "Forwarded: nonsense")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void theProxySaysWhichSchemeAndHostWereAskedFor() {
        try (TestServer server = server(PROXIES, "x-forwarded")) {
            assertThat(ask(server, "X-Forwarded-For: 198.51.100.7", "X-Forwarded-Proto: https"))
                    .startsWith("HTTP/1.1 200")
                    .contains("Strict-Transport-Security: max-age=");
            assertThat(ask(server, "X-Forwarded-Proto: https", "X-Forwarded-Host: panel.example"))
                    .startsWith("HTTP/1.1 200");
            assertThat(ask(server, "X-Forwarded-Host: evil.example")).startsWith("HTTP/1.1 421");
            assertThat(ask(server, "X-Forwarded-Host: a:b:c")).startsWith("HTTP/1.1 421");
        }
    }

    @Test
    void aWebSocketThroughAProxyIsOfTheOriginThatTheClientSees() {
        try (TestServer server = server(PROXIES, "x-forwarded")) {
            Instance instance = server.memory.instances.add("console", State.RUNNING);
            String path = "/api/v1/instances/" + instance.id() + "/console";
            for (String[] known : new String[][] {
                {"https://localhost", "https", "localhost"},
                {"http://localhost:81", "http", "localhost:81"},
                {"https://panel.example", "https", "panel.example"}
            }) {
                assertThat(upgrade(server, path, known)).as(known[0]).startsWith("HTTP/1.1 101");
            }
            assertThat(upgrade(server, path, "https://localhost:81", "https", "localhost"))
                    .startsWith("HTTP/1.1 403");
            assertThat(upgrade(server, path, "http://localhost", "https", "localhost"))
                    .startsWith("HTTP/1.1 403");
        }
    }

    private static String upgrade(TestServer server, String path, String... known) {
        return server.firstLine(String.join(
                "\r\n",
                "GET " + path + " HTTP/1.1",
                "Host: localhost",
                "Authorization: Bearer " + Memory.ADMIN,
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "X-Forwarded-For: 198.51.100.7",
                "Origin: " + known[0],
                "X-Forwarded-Proto: " + known[1],
                "X-Forwarded-Host: " + known[2],
                "",
                ""));
    }

    @Test
    void peersThatAreNoProxyAreNotBelieved() {
        try (TestServer server = server("10.1.0.0/16", "x-forwarded")) {
            assertThat(source(server, "X-Forwarded-For: 198.51.100.7")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void plainHttpFromElsewhereTakesAProxy() throws Exception {
        InetAddress here = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst()
                .orElse(InetAddress.getLoopbackAddress());
        assumeFalse(here.isLoopbackAddress());
        Map<String, String> settings =
                new HashMap<>(Map.of("freehold.http.host", "0.0.0.0", "freehold.proxy.trusted", "10.254.254.254"));
        try (TestServer server = new TestServer(settings)) {
            String request = String.join(
                    "\r\n",
                    "GET /healthz HTTP/1.1",
                    "Host: localhost",
                    "Connection: close",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-For: 127.0.0.1",
                    "",
                    "");
            assertThat(server.raw(here, request))
                    .startsWith("HTTP/1.1 403")
                    .contains("PLAIN_HTTP", "proxy.trusted", "X-Request-Id");
            assertThat(server.raw(request)).startsWith("HTTP/1.1 200");
        }
        settings.put("freehold.proxy.trusted", seenAs(here).getHostAddress());
        try (TestServer server = new TestServer(settings)) {
            // Its own address is a name of the server, too.
            assertThat(server.raw(
                            here,
                            "GET /healthz HTTP/1.1\r\nHost: " + here.getHostAddress()
                                    + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aRequestLineThatSaysHttpsOverPlainHttpIsRefused() {
        try (TestServer server = server("10.1.0.0/16", "x-forwarded")) {
            assertThat(server.raw(
                            "GET https://localhost/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
            assertThat(server.raw(
                            "GET http://localhost/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    /** The address that a connection to one of this machine comes from, which not every network makes the same. */
    private static InetAddress seenAs(InetAddress here) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, here);
                Socket client = new Socket(here, server.getLocalPort());
                Socket accepted = server.accept()) {
            assertThat(client.isConnected()).isTrue();
            return accepted.getInetAddress();
        }
    }

    @Test
    void onlyAddressesAndNetworksCanBeTrusted() throws UnknownHostException {
        for (String wrong : new String[] {"proxy.example", "*", "0.0.0.0/0", "::/0", "10.0.0.0/99", "10.0.0", "1"}) {
            assertThatThrownBy(() -> trusted(wrong))
                    .as(wrong)
                    .isInstanceOf(FreeholdException.class)
                    .hasMessageContaining("FREEHOLD_PROXY_TRUSTED")
                    .hasMessageContaining(wrong);
        }
        assertThatThrownBy(() -> TrustedProxies.of(Settings.of(Map.of("freehold.proxy.headers", "x-real-ip")::get)))
                .hasMessageContaining("proxy.headers");
        assertThat(trusted("10.0.0.0/24").contains(InetAddress.getByName("10.0.0.77")))
                .isTrue();
        assertThat(trusted("10.0.0.0/24").contains(InetAddress.getByName("10.0.1.77")))
                .isFalse();
        assertThat(trusted("fd00::/64").contains(InetAddress.getByName("fd00::1")))
                .isTrue();
        assertThat(trusted("fd00::/64").contains(InetAddress.getByName("fd00:0:0:1::1")))
                .isFalse();
        assertThat(trusted("").any()).isFalse();
    }

    private static TrustedProxies trusted(String text) {
        return TrustedProxies.of(Settings.of(Map.of("freehold.proxy.trusted", text)::get));
    }
}
