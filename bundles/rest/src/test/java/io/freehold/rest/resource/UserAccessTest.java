package io.freehold.rest.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.rest.ServerTest;
import io.freehold.rest.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Second factors, API tokens and what administrators do about how others get in. */
class UserAccessTest extends ServerTest {
    private static final String TOTP = "/api/v1/auth/totp";
    private static final String TOKENS = "/api/v1/api-tokens";
    private static final String USERS = "/api/v1/users";

    private static void assertField(Answer answer, String field) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().at("/violations/0/field").asText()).isEqualTo(field);
    }

    @Test
    void aSecondFactorIsEnrolledConfirmedAndRemoved() {
        assertThat(server.get(TOTP).body()).isEqualTo("{\"enabled\":false,\"required\":true,\"recoveryCodes\":0}");
        JsonNode enrolment = server.post(TOTP, "").json();
        assertThat(enrolment.fieldNames()).toIterable().containsExactly("secret", "otpauthUri");
        assertField(server.put(TOTP, "{}"), "code");
        assertField(server.put(TOTP, "{\"code\":\"000000\"}"), "code");
        assertThat(server.put(TOTP, "{\"code\":\"123456\"}").body())
                .isEqualTo("{\"recoveryCodes\":[\"aaaa-bbbb-cccc-dddd\"]}");
        assertField(server.delete(TOTP), "password");
        assertThat(server.send(server.request(TOTP)
                                .header("Content-Type", "application/json")
                                .method("DELETE", BodyPublishers.ofString("{\"code\":\"123456\"}")))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aTokensSecretIsInTheAnswerThatMakesItAlone() {
        Answer made = server.post(TOKENS, """
                {"name":"ci","permissions":["instance:read"],"scope":"/","expiresAt":"2100-01-01T00:00:00Z"}""");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().get("secret").asText()).isEqualTo("fh_secret");
        String address = made.header("Location");
        assertThat(address).isEqualTo(TOKENS + "/" + made.json().get("id").asText());
        assertThat(server.get(address).body())
                .contains("\"permissions\":[\"instance:read\"]", "\"expiresAt\":\"2100-01-01T00:00:00Z\"")
                .doesNotContain("secret");
        assertThat(server.get(TOKENS + "?owner=*").body())
                .contains("\"name\":\"ci\"")
                .doesNotContain("secret");
        assertThat(server.delete(address).status()).isEqualTo(204);
        assertThat(server.get(address).status()).isEqualTo(404);
    }

    @Test
    void whatATokenMayNotBeIsNamed() {
        assertField(server.post(TOKENS, "{}"), "name");
        assertField(server.post(TOKENS, "{\"name\":\"x\",\"permissions\":[\"everything\"]}"), "permissions");
        assertField(server.post(TOKENS, "{\"name\":\"x\",\"permissions\":[null]}"), "permissions");
        assertField(server.post(TOKENS, "{\"name\":\"x\",\"expiresAt\":\"tomorrow\"}"), "expiresAt");
        assertField(server.get(TOKENS + "?owner=me"), "owner");
        assertThat(server.post(TOKENS, "{\"name\":\"x\",\"secret\":\"fh_mine\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void usersAreImportedUnlockedAndTheirSessionsEnded() {
        Answer imported = server.post(USERS + "/import", """
                {"users":[{"username":"grace","passwordHash":"$2b$12$x","email":null}]}""");
        assertThat(imported.status()).as(imported.body()).isEqualTo(201);
        assertThat(server.post(USERS + "/import", "{\"users\":[null]}").json().findValuesAsText("field"))
                .containsExactly("users[0]");
        assertThat(imported.body()).doesNotContain("$2b$");
        String user = USERS + "/" + imported.json().at("/items/0/id").asText();
        assertField(server.post(USERS + "/import", "{\"users\":[{\"username\":\"x\"}]}"), "users[0].passwordHash");
        assertThat(server.post(user + "/unlock", "").status()).isEqualTo(200);
        assertThat(server.get(user + "/sessions").json().get("items")).hasSize(1);
        assertThat(server.delete(user + "/sessions/" + UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(server.delete(user + "/sessions/nonsense").status()).isEqualTo(404);
        assertThat(server.delete(user + "/sessions").status()).isEqualTo(204);
        assertThat(server.delete(user + "/totp").status()).isEqualTo(204);
    }
}
