package io.freehold.rest.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.Secret;
import io.freehold.rest.ServerTest;
import io.freehold.rest.TestServer.Answer;
import io.freehold.rest.memory.Memory;
import org.junit.jupiter.api.Test;

class AlertChannelsTest extends ServerTest {
    private static final String CHANNELS = "/api/v1/alert-channels";

    private static String channel(String url) {
        return "{\"name\":\"ops\",\"type\":\"webhook\",\"url\":\"" + url
                + "\",\"events\":[\"guessing\",\"audit-tampering\"],\"secret\":\"canary-canary-canary\"}";
    }

    @Test
    void aChannelIsMadeShownChangedTestedAndRemovedAndItsSecretNeverShown() {
        Answer made = server.post(CHANNELS, channel("https://example.org/hook"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(server.memory.alerts.lastSecret).isEqualTo(Secret.of("canary-canary-canary"));
        String path = CHANNELS + "/" + made.json().get("id").asText();
        assertThat(made.header("Location")).isEqualTo(path);
        Answer got = server.get(path);
        assertThat(got.json().get("events").toString()).isEqualTo("[\"audit-tampering\",\"guessing\"]");
        assertThat(got.json().get("type").asText()).isEqualTo("webhook");
        assertThat(got.json().get("hasSecret").asBoolean()).isTrue();
        assertThat(server.get(CHANNELS).json().get("total").asInt()).isPositive();
        assertThat(made.body() + got.body() + server.get(CHANNELS).body()).doesNotContain("canary");

        assertThat(server.post(path + "/test", "{}").json().get("ok").asBoolean())
                .isTrue();
        assertThat(server.put(path, channel("https://example.org/bad")).status())
                .isEqualTo(428);
        Answer changed = server.put(path, channel("https://example.org/bad"), "If-Match", got.header("ETag"));
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo(server.get(path).header("ETag"));
        assertThat(server.put(path, channel("https://example.org/lost"), "If-Match", made.header("ETag"))
                        .status())
                .isEqualTo(412);
        Answer tested = server.post(path + "/test", "{}");
        assertThat(tested.json().get("ok").asBoolean()).isFalse();
        assertThat(tested.json().get("message").asText()).isEqualTo("answered with status 500");

        assertThat(server.send(server.request(path).DELETE()).status()).isEqualTo(204);
        assertThat(server.get(path).status()).isEqualTo(404);
    }

    @Test
    void whatIsMissingOrUnknownIsNamed() {
        Answer answer = server.post(CHANNELS, "{\"type\":\"pigeon\",\"events\":[\"rain\"]}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("name", "url", "webhook, email or ntfy", "token-replay");
    }

    @Test
    void whoMayNotManageAlertsIsRefused() {
        assertThat(server.send(server.open(CHANNELS).header("Authorization", "Bearer " + Memory.NOBODY))
                        .status())
                .isEqualTo(403);
    }
}
