package io.freehold.rest.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.Settings;
import io.freehold.api.security.Principal;
import io.freehold.rest.TestServer;
import io.freehold.rest.TestServer.Answer;
import io.freehold.rest.memory.Memory;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static TestServer server(int requests, int anonymous) {
        return new TestServer(Map.of(
                "freehold.rate.limit.requests", String.valueOf(requests),
                "freehold.rate.limit.anonymous", String.valueOf(anonymous)));
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeAgain() {
        try (TestServer server = server(3, 0)) {
            for (int left = 2; left >= 0; left--) {
                Answer answer = server.get("/api/v1/roles");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"requests\";q=3;w=60");
                assertThat(answer.header("RateLimit")).isEqualTo("\"requests\";r=" + left + ";t=" + (3 - left) * 20);
            }
            Answer refused = server.post("/api/v1/users", "{}");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.json().get("code").asText()).isEqualTo("RATE_LIMITED");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 20);
            assertThat(refused.header("RateLimit")).isEqualTo("\"requests\";r=0;t=60");
            assertThat(refused.header("Connection")).isEqualTo("close");
            // Others, and probes, go on.
            assertThat(server.send(server.open("/api/v1/roles").header("Authorization", "Bearer " + Memory.NOBODY))
                            .status())
                    .isNotEqualTo(429);
            assertThat(server.send(server.open("/healthz")).status()).isEqualTo(200);
        }
    }

    @Test
    void whoShowsNoGoodCredentialIsCountedByItsSource() {
        try (TestServer server = server(0, 2)) {
            assertThat(server.send(server.open("/api/v1/roles")).status()).isEqualTo(401);
            assertThat(server.send(server.open("/api/v1/setup")).status()).isEqualTo(200);
            Answer refused = server.send(server.open("/api/v1/setup"));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"anonymous\";q=2;w=60");
            assertThat(server.send(server.open("/api/v1/roles").header("Authorization", "Bearer wrong"))
                            .status())
                    .isEqualTo(429);
            // Neither who has a credential nor who wants one suffers from a neighbour.
            assertThat(server.get("/api/v1/roles").status()).isEqualTo(200);
            assertThat(server.send(server.open("/api/v1/auth/login").POST(BodyPublishers.ofString("{}")))
                            .status())
                    .isEqualTo(415);
        }
    }

    @Test
    void whoRefreshesWithoutEndIsCountedByItsSource() {
        try (TestServer server = server(0, 2)) {
            for (boolean limited : new boolean[] {false, false, true}) {
                Answer answer = server.send(server.open("/api/v1/auth/refresh")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"refreshToken\":\"junk\"}")));
                assertThat(answer.status() == 429).isEqualTo(limited);
            }
        }
    }

    @Test
    void whatTheGateRefusesCountsWhateverTheReason() {
        try (TestServer server = server(0, 2)) {
            server.memory.security.owing.add(
                    server.memory.security.caller(Memory.NOBODY).principal());
            for (int status : new int[] {403, 403, 429}) {
                assertThat(server.send(server.open("/api/v1/roles").header("Authorization", "Bearer " + Memory.NOBODY))
                                .status())
                        .isEqualTo(status);
            }
        }
        try (TestServer server = server(0, 2)) {
            for (int status : new int[] {403, 403, 429}) {
                assertThat(server.send(server.open("/api/v1/auth/login")
                                        .header("Cookie", "a=b")
                                        .header("Origin", "https://evil.example")
                                        .POST(BodyPublishers.noBody()))
                                .status())
                        .isEqualTo(status);
            }
        }
    }

    @Test
    void aProbeWithACredentialIsCountedAndSaysLessWhenThereAreTooMany() {
        try (TestServer server = server(1, 1)) {
            for (String token : List.of(Memory.ADMIN, "wrong")) {
                for (int i = 0; i < 2; i++) {
                    Answer answer = server.send(server.open("/healthz").header("Authorization", "Bearer " + token));
                    assertThat(answer.status()).isEqualTo(200);
                    assertThat(answer.header("RateLimit")).contains(";r=0;");
                    assertThat(answer.json().has("details")).isEqualTo(token.equals(Memory.ADMIN) && i == 0);
                }
            }
            assertThat(server.get("/api/v1/roles").status()).isEqualTo(429);
            assertThat(server.send(server.open("/api/v1/setup")).status()).isEqualTo(429);
        }
    }

    @Test
    void theAddressesOfOneNetworkShare() {
        RateLimits limits = new RateLimits(0, 1);
        assertThat(limits.takeAnonymous("[2001:db8::1]", HttpFields.build())).isZero();
        assertThat(limits.takeAnonymous("[2001:db8::ffff:2]", HttpFields.build()))
                .isPositive();
        assertThat(limits.takeAnonymous("[2001:db8:0:1::1]", HttpFields.build()))
                .isZero();
        assertThat(limits.takeAnonymous("192.0.2.1", HttpFields.build())).isZero();
        assertThat(limits.takeAnonymous("192.0.2.2", HttpFields.build())).isZero();
        assertThat(limits.takeAnonymous("192.0.2.2", HttpFields.build())).isPositive();
    }

    @Test
    void theOwnerIsNeverCounted() {
        RateLimits limits = new RateLimits(1, 1);
        HttpFields.Mutable headers = HttpFields.build();
        for (int i = 0; i < 10; i++) {
            assertThat(limits.take(Principal.OWNER, headers)).isZero();
        }
        assertThat(headers.size()).isZero();
    }

    @Test
    void strangersWithoutEndTakeNoMemoryWithoutEnd() {
        Rate rate = new Rate("test", 1, 100);
        long refused = 0;
        for (int i = 0; i < 10_000; i++) {
            refused += Math.min(1, rate.take(i, HttpFields.build()));
        }
        assertThat(rate.keys()).isLessThanOrEqualTo(100);
        assertThat(refused).isGreaterThan(9_000);
    }

    @Test
    void whoIsCalmAgainIsForgotten() {
        Rate rate = new Rate("test", 100_000_000, 100);
        for (int i = 0; i < 1_000; i++) {
            rate.take(i, HttpFields.build());
        }
        assertThat(rate.keys()).isLessThanOrEqualTo(100);
        assertThat(rate.take("new", HttpFields.build())).isZero();
    }

    @Test
    void settingsThatMakeNoSenseAreNamed() {
        assertThatThrownBy(() -> RateLimits.of(Settings.of(Map.of("freehold.rate.limit.requests", "-1")::get)))
                .hasMessageContaining("rate.limit.requests");
    }
}
