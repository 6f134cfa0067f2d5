package io.freehold.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.instance.State;
import io.freehold.rest.ServerTest;
import io.freehold.rest.memory.Memory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How APIs were broken elsewhere, each tried here. */
class MuseumTest extends ServerTest {
    private static final List<String> NAMES = List.of("token", "access_token", "accessToken", "jwt", "ticket", "auth");

    @Test
    void cve202644883NoCredentialInAnAddressIsLookedAt() {
        String console = "/api/v1/instances/"
                + server.memory.instances.add("museum", State.RUNNING).id() + "/console";
        String ticket = server.memory.security.ticket(Memory.ADMIN, console);
        for (String path : List.of("/api/v1/auth/me", "/api/v1/events", console)) {
            for (String name : NAMES) {
                for (String credential : List.of(Memory.ADMIN, "Bearer%20" + Memory.ADMIN, ticket)) {
                    String address = path + "?" + name + "=" + credential;
                    assertThat(server.send(server.open(address)).status())
                            .as(address)
                            .isEqualTo(401);
                    assertThat(server.firstLine(handshake(address))).as(address).startsWith("HTTP/1.1 401");
                }
            }
        }
        assertThat(server.send(server.open("/api/v1/auth/me;token=" + Memory.ADMIN))
                        .status())
                .isIn(400, 401);
    }

    private String handshake(String address) {
        return "GET " + address + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + server.uri("/").getPort() + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    }
}
