package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Programs that use Freehold with tokens of their own. */
class ApiTokensTest extends FreeholdTest {
    private static final String TOKENS = "/api/v1/api-tokens";
    private static final String USERS = "/api/v1/users";

    private Answer create(Client owner, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("name", "ci");
        Answer made = owner.post(TOKENS, body);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.get("secret")).matches("fh_[A-Za-z0-9_-]{43}");
        assertThat(made.header("Location")).isEqualTo(TOKENS + "/" + made.get("id"));
        return made;
    }

    private Client with(Answer token) {
        return new Client(freehold.address(), token.get("secret"));
    }

    @Test
    void aTokenMayDoWhatItIsGivenWhereItIsGivenIt() {
        Client reader = with(create(ada, Map.of("permissions", List.of("user:read"))));
        assertThat(reader.get(USERS).status()).isEqualTo(200);
        Answer me = reader.get("/api/v1/auth/me");
        assertThat(me.get("principal")).startsWith("token:");
        assertThat(me.json().get("permissions")).hasSize(1);
        assertThat(reader.post(USERS, Map.of("username", "eve", "password", Client.PASSWORD))
                        .status())
                .isEqualTo(403);
        assertThat(reader.get("/api/v1/audit").status()).isEqualTo(403);

        Client elsewhere = with(create(ada, Map.of("scope", "/projects/" + UUID.randomUUID())));
        assertThat(elsewhere.get(USERS).status()).isEqualTo(403);
        assertThat(elsewhere.items("/api/v1/instances")).isEmpty();
    }

    @Test
    void aTokenNeverSignsInMakesTokensOrChangesAPassword() {
        Answer made = create(ada, Map.of());
        Client all = with(made);
        assertThat(all.get(USERS).status()).isEqualTo(200);
        for (Answer refused : List.of(
                all.post(TOKENS, Map.of("name", "another")),
                all.get("/api/v1/auth/sessions"),
                all.post("/api/v1/auth/totp", Map.of()),
                all.post(
                        "/api/v1/auth/password",
                        Map.of("currentPassword", Client.PASSWORD, "newPassword", "quite another passphrase")))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(refused.get("code")).isEqualTo("NOT_BY_API_TOKEN");
        }
        assertThat(freehold.anonymous()
                        .post("/api/v1/auth/refresh", Map.of("refreshToken", made.get("secret")))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aSecretIsShownOnceAndADeletedTokenIsRefusedAlsoAfterARestart() {
        Answer made = create(ada, Map.of());
        Answer list = ada.get(TOKENS);
        assertThat(list.json().at("/items/0/name").asText()).isEqualTo("ci");
        assertThat(list.text() + ada.get(TOKENS + "/" + made.get("id")).text())
                .doesNotContain(made.get("secret"))
                .doesNotContain("secret");
        assertThat(with(made).get(USERS).status()).isEqualTo(200);
        assertThat(ada.delete(TOKENS + "/" + made.get("id")).status()).isEqualTo(204);
        assertThat(with(made).get(USERS).status()).isEqualTo(401);
        Answer kept = create(ada, Map.of());
        freehold.stop();
        freehold.start();
        assertThat(with(made).get(USERS).status()).isEqualTo(401);
        assertThat(with(kept).get(USERS).status()).isEqualTo(200);
    }

    @Test
    void aTokenEndsInItsTimeAndWithItsOwner() {
        Answer brief =
                create(ada, Map.of("expiresAt", Instant.now().plusSeconds(2).toString()));
        await().atMost(Duration.ofSeconds(4)).until(() -> with(brief).get(USERS).status() == 401);
        assertThat(ada.post(TOKENS, Map.of("name", "old", "expiresAt", "2020-01-01T00:00:00Z"))
                        .status())
                .isEqualTo(422);

        Answer bob = ada.post(USERS, Map.of("username", "bob", "password", Client.PASSWORD));
        Answer made = create(freehold.anonymous().signIn("bob", Client.PASSWORD), Map.of());
        assertThat(with(made).get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(ada.post(USERS + "/" + bob.get("id") + "/disable", Map.of()).status())
                .isEqualTo(200);
        assertThat(with(made).get("/api/v1/auth/me").status()).isEqualTo(401);
    }
}
