package io.freehold.rest.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.instance.State;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.rest.ServerTest;
import io.freehold.rest.TestServer.Answer;
import io.freehold.rest.memory.Memory;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentityTest extends ServerTest {
    private Answer openPost(String path, String json) {
        return server.send(
                server.open(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    @Test
    void cve_2026_55761_theFirstAdministratorIsMadeOnceAndWithTheTokenAlone() {
        assertThat(server.send(server.open("/api/v1/setup")).body()).isEqualTo("{\"required\":true}");
        String person = ",\"username\":\"ada\",\"password\":\"correct horse battery\"}";
        assertThat(openPost("/api/v1/setup", "{\"setupToken\":\"wrong\"" + person)
                        .status())
                .isEqualTo(403);
        Answer missing = openPost("/api/v1/setup", "{}");
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.json().findValuesAsText("field")).containsExactly("setupToken", "username", "password");
        Answer made = openPost("/api/v1/setup", "{\"setupToken\":\"setup\"" + person);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().get("username").asText()).isEqualTo("ada");
        assertThat(made.header("Location")).startsWith("/api/v1/users/");
        assertThat(openPost("/api/v1/setup", "{\"setupToken\":\"setup\"" + person)
                        .status())
                .isEqualTo(409);
        assertThat(openPost("/api/v1/setup", "{}").status()).isEqualTo(409);
    }

    @Test
    void signingInAnswersTokens() {
        Answer answer = openPost("/api/v1/auth/login", "{\"username\":\"ada\",\"password\":\"correct horse battery\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().fieldNames())
                .toIterable()
                .containsExactly("accessToken", "tokenType", "expiresIn", "refreshToken", "user");
        assertThat(answer.json().get("tokenType").asText()).isEqualTo("Bearer");
        assertThat(answer.json().get("expiresIn").asLong()).isEqualTo(600);
        assertThat(answer.json().at("/user/username").asText()).isEqualTo("ada");
    }

    @Test
    void failingToSignInIs401AndTooOften429() {
        Answer wrong = openPost("/api/v1/auth/login", "{\"username\":\"ada\",\"password\":\"wrong\"}");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json().get("code").asText()).isEqualTo("UNAUTHENTICATED");
        Answer often = openPost("/api/v1/auth/login", "{\"username\":\"slow\",\"password\":\"wrong\"}");
        assertThat(often.status()).isEqualTo(429);
        assertThat(often.header("Retry-After")).isEqualTo("42");
        assertThat(often.header("RateLimit")).endsWith(";r=0;t=42");
        assertThat(often.json().get("code").asText()).isEqualTo("TOO_MANY_ATTEMPTS");
        assertThat(openPost("/api/v1/auth/login", "{}").status()).isEqualTo(422);
    }

    @Test
    void refreshingAnswersTokensOrSaysThatItWasRaced() {
        assertThat(openPost("/api/v1/auth/refresh", "{\"refreshToken\":\"refresh\"}")
                        .status())
                .isEqualTo(200);
        Answer raced = openPost("/api/v1/auth/refresh", "{\"refreshToken\":\"old\"}");
        assertThat(raced.status()).isEqualTo(409);
        assertThat(raced.json().get("code").asText()).isEqualTo("REFRESH_RACED");
    }

    @Test
    void theCallerSeesItself() {
        Answer answer = server.get("/api/v1/auth/me");
        assertThat(answer.json().get("principal").asText()).startsWith("user:");
        assertThat(answer.json().at("/user/username").asText()).isEqualTo("ada");
        assertThat(answer.json().get("permissions").toString()).contains("\"instance:start\"");
    }

    @Test
    void sessionsAreListedAndEnded() {
        Answer answer = server.get("/api/v1/auth/sessions");
        assertThat(answer.json().at("/items/0/current").asBoolean()).isTrue();
        String id = answer.json().at("/items/0/id").asText();
        assertThat(server.delete("/api/v1/auth/sessions/" + id).status()).isEqualTo(204);
        assertThat(server.delete("/api/v1/auth/sessions/" + UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(server.post("/api/v1/auth/logout", "").status()).isEqualTo(204);
    }

    @Test
    void thePasswordIsChanged() {
        assertThat(server.post(
                                "/api/v1/auth/password",
                                "{\"currentPassword\":\"correct horse battery\",\"newPassword\":\"another horse battery\"}")
                        .status())
                .isEqualTo(204);
        Answer wrong = server.post("/api/v1/auth/password", "{\"currentPassword\":\"x\",\"newPassword\":\"y\"}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().at("/violations/0/field").asText()).isEqualTo("currentPassword");
    }

    @Test
    void ticketsAreIssued() {
        Answer answer = server.post("/api/v1/auth/tickets", ticketFor(console()));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().get("ticket").asText()).isEqualTo("ticket");
        assertThat(answer.json().get("expiresAt").asText()).endsWith("Z");
        assertThat(server.post("/api/v1/auth/tickets", "{\"path\":\"/api/v1/users\"}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void noTicketIsIssuedForAConsoleThatItsBearerMayNotOpen() {
        String path = console();
        assertThat(ticketAsNobody(path).status()).isEqualTo(404);
        server.memory.security.change(Memory.NOBODY, Set.of(Permissions.INSTANCE_READ));
        assertThat(ticketAsNobody(path).status()).isEqualTo(403);
        server.memory.security.change(Memory.NOBODY, Set.of(Permissions.INSTANCE_READ, Permissions.INSTANCE_CONSOLE));
        assertThat(ticketAsNobody(path).status()).isEqualTo(201);
        server.memory.security.change(Memory.NOBODY, Set.<Permission>of());
        assertThat(server.post("/api/v1/auth/tickets", ticketFor("/api/v1/instances/" + UUID.randomUUID() + "/console"))
                        .status())
                .isEqualTo(404);
    }

    private String console() {
        return "/api/v1/instances/"
                + server.memory.instances.add("ticketed", State.RUNNING).id() + "/console";
    }

    private static String ticketFor(String path) {
        return "{\"path\":\"" + path + "\"}";
    }

    private Answer ticketAsNobody(String path) {
        return server.send(server.open("/api/v1/auth/tickets")
                .header("Authorization", "Bearer " + Memory.NOBODY)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(ticketFor(path))));
    }

    @Test
    void usersAreManaged() {
        Answer created = server.post(
                "/api/v1/users",
                "{\"username\":\"grace\",\"password\":\"correct horse battery\",\"email\":\"g@example.org\",\"groups\":[]}");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String path = created.header("Location");
        assertThat(created.json().fieldNames())
                .toIterable()
                .containsExactly(
                        "id", "username", "email", "enabled", "passwordChangeRequired", "createdAt", "lastSeenAt");
        assertThat(server.get(path).json().get("email").asText()).isEqualTo("g@example.org");
        assertThat(server.put(path, "{\"email\":null}").status()).isEqualTo(428);
        assertThat(server.put(path, "{\"email\":null}", "If-Match", "\"9\"").status())
                .isEqualTo(412);
        assertThat(server.put(path, "{\"email\":null}", "If-Match", "\"1\"")
                        .json()
                        .get("email")
                        .isNull())
                .isTrue();
        assertThat(server.post(path + "/disable", "").json().get("enabled").asBoolean())
                .isFalse();
        assertThat(server.post(path + "/enable", "").json().get("enabled").asBoolean())
                .isTrue();
        assertThat(server.post(path + "/password-reset", "")
                        .json()
                        .get("password")
                        .asText())
                .isNotEmpty();
        assertThat(server.get("/api/v1/users").json().get("items").size()).isEqualTo(1);
        assertThat(server.post("/api/v1/users", "{\"username\":\"grace\",\"password\":\"correct horse battery\"}")
                        .status())
                .isEqualTo(409);
        assertThat(server.post(
                                "/api/v1/users",
                                "{\"username\":\"x\",\"password\":\"correct horse battery\",\"groups\":[\"g\"]}")
                        .status())
                .isEqualTo(422);
        assertThat(server.delete(path).status()).isEqualTo(204);
        assertThat(server.get(path).status()).isEqualTo(404);
    }

    @Test
    void aGeneratedPasswordIsShownAgainToTheSameRequestAndStoredSealed() throws Exception {
        String path = server.post("/api/v1/users", "{\"username\":\"reset\",\"password\":\"correct horse battery\"}")
                .header("Location");
        String first = resetWithKey(path).json().get("password").asText();
        assertThat(resetWithKey(path).json().get("password").asText()).isEqualTo(first);
        String stored = server.memory.transactions.read(connection -> {
            try (var rows = connection.createStatement().executeQuery("SELECT sealed FROM rest_idempotency")) {
                return rows.next() ? rows.getString(1) : "";
            }
        });
        assertThat(stored).isNotEmpty().doesNotContain(first);
        server.delete(path);
    }

    private Answer resetWithKey(String path) {
        return server.send(server.request(path + "/password-reset")
                .header("Idempotency-Key", "reset-1")
                .POST(BodyPublishers.noBody()));
    }

    @Test
    void rolesAreShown() {
        Answer answer = server.get("/api/v1/roles");
        assertThat(answer.json().at("/items/1/id").asText()).isEqualTo("readonly");
        assertThat(answer.json().at("/items/1/permissions/0").asText()).isEqualTo("instance:read");
        assertThat(server.get("/api/v1/roles/readonly").json().get("builtIn").asBoolean())
                .isTrue();
        assertThat(server.get("/api/v1/roles/nothing").status()).isEqualTo(404);
    }

    @Test
    void roleBindingsAreMadeAndTakenAway() {
        String principal = "user:" + UUID.randomUUID();
        Answer made = server.post(
                "/api/v1/role-bindings",
                "{\"principal\":\"" + principal + "\",\"roleId\":\"readonly\",\"scope\":\"/\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().get("principal").asText()).isEqualTo(principal);
        String path = made.header("Location");
        assertThat(server.get(path).json().get("scope").asText()).isEqualTo("/");
        assertThat(server.get("/api/v1/role-bindings?principal=" + principal)
                        .json()
                        .get("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(server.get("/api/v1/role-bindings?principal=x").status()).isEqualTo(422);
        assertThat(server.send(server.open(path).header("Authorization", "Bearer " + Memory.NOBODY))
                        .status())
                .isEqualTo(404);
        assertThat(server.send(server.open("/api/v1/role-bindings").header("Authorization", "Bearer " + Memory.NOBODY))
                        .status())
                .isEqualTo(403);
        assertThat(server.post("/api/v1/role-bindings", "{\"principal\":\"x\",\"roleId\":\"r\",\"scope\":\"/\"}")
                        .status())
                .isEqualTo(422);
        assertThat(server.delete(path).status()).isEqualTo(204);
        assertThat(server.get(path).status()).isEqualTo(404);
    }
}
