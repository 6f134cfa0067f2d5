package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What administrators do about how others get in. */
class UserAccessTest extends FreeholdTest {
    private static final String USERS = "/api/v1/users";
    /** What another program kept of {@code Correct-Horse1}. */
    private static final String FOREIGN = "b753adb85d22585484ab69a61ea10a4cea9985fa69010c8ef5c6aadabab6139c";

    private Answer login(String username, String password) {
        return freehold.anonymous().post("/api/v1/auth/login", Map.of("username", username, "password", password));
    }

    private String user(String name) {
        Answer made = ada.post(USERS, Map.of("username", name, "password", Client.PASSWORD));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.get("id");
    }

    @Test
    void aUserOfAnotherProgramSignsInWithTheOldPasswordWhoseOldHashIsGoneThen() throws Exception {
        Answer imported = ada.post(
                USERS + "/import", Map.of("users", List.of(Map.of("username", "grace", "passwordHash", FOREIGN))));
        assertThat(imported.status()).as(imported.text()).isBetween(200, 201);
        assertThat(imported.text()).contains("grace").doesNotContain(FOREIGN);
        Answer nothing =
                ada.post(USERS + "/import", Map.of("users", List.of(Map.of("username", "x", "passwordHash", "plain"))));
        assertThat(nothing.status()).as(nothing.text()).isEqualTo(422);

        assertThat(login("grace", "Correct-Horse2").status()).isEqualTo(401);
        assertThat(login("grace", "Correct-Horse1").status()).isEqualTo(200);
        assertThat(login("grace", "Correct-Horse1").status()).isEqualTo(200);
        freehold.stop();
        try (var files = Files.list(freehold.data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(FOREIGN);
            }
        }
    }

    @Test
    void anAccountThatGuessersLockedIsUnlocked() {
        String bob = user("bob");
        for (int i = 0; i < 10; i++) {
            assertThat(login("bob", "not the right passphrase").status()).isEqualTo(401);
        }
        Answer locked = login("bob", Client.PASSWORD);
        assertThat(locked.status()).isEqualTo(429);
        assertThat(Integer.parseInt(locked.header("Retry-After"))).isBetween(1, 900);
        assertThat(ada.post(USERS + "/" + bob + "/unlock", Map.of()).status()).isEqualTo(200);
        assertThat(login("bob", Client.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void sessionsOfOthersAreListedAndEndedByWhoMayAlone() {
        String bob = user("bob");
        Client first = freehold.anonymous().signIn("bob", Client.PASSWORD);
        Client second = freehold.anonymous().signIn("bob", Client.PASSWORD);
        user("eve");
        Client eve = freehold.anonymous().signIn("eve", Client.PASSWORD);
        String path = USERS + "/" + bob + "/sessions";
        List<JsonNode> sessions = ada.items(path);
        assertThat(sessions).hasSize(2);
        String newest = sessions.get(0).path("id").asText();
        assertThat(eve.get(path).status()).isIn(403, 404);
        assertThat(eve.delete(path + "/" + newest).status()).isIn(403, 404);

        assertThat(ada.delete(path + "/" + newest).status()).isEqualTo(204);
        assertThat(second.get("/api/v1/auth/me").status()).isEqualTo(401);
        assertThat(first.get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(ada.delete(path + "/" + newest).status()).isEqualTo(404);
        assertThat(ada.delete(path).status()).isEqualTo(204);
        assertThat(first.get("/api/v1/auth/me").status()).isEqualTo(401);
    }
}
