package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Roles, groups, projects and the access review in the running distribution, without anything to host on. */
class AccessTest extends FreeholdTest {

    private Answer made(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    @Test
    void aMemberOfAGroupSeesTheGroupsProjectAloneAndItsOwnerManagesIt() {
        String mine = made(ada.post("/api/v1/projects", Map.of("name", "mine"))).get("id");
        String other =
                made(ada.post("/api/v1/projects", Map.of("name", "other"))).get("id");
        String group = made(ada.post("/api/v1/groups", Map.of("name", "club"))).get("id");
        made(ada.post(
                "/api/v1/role-bindings",
                Map.of("principal", "group:" + group, "roleId", "project-owner", "scope", "/projects/" + mine)));
        made(ada.post(
                "/api/v1/users", Map.of("username", "olga", "password", Client.PASSWORD, "groups", List.of(group))));
        Client olga = freehold.anonymous().signIn("olga", Client.PASSWORD);

        assertThat(olga.items("/api/v1/projects")).hasSize(1);
        assertThat(olga.get("/api/v1/projects/" + mine).status()).isEqualTo(200);
        assertThat(olga.get("/api/v1/projects/" + other).status()).isEqualTo(404);
        assertThat(olga.get("/api/v1/projects/" + other + "/members").status()).isEqualTo(404);
        assertThat(olga.delete("/api/v1/projects/" + mine).status()).isEqualTo(403);
        assertThat(olga.get("/api/v1/auth/me").json().at("/access/0/scope").asText())
                .isEqualTo("/projects/" + mine);
        Map<String, String> escalation =
                Map.of("principal", "group:" + group, "roleId", "administrator", "scope", "/projects/" + mine);
        assertThat(olga.post("/api/v1/role-bindings", escalation).status()).isEqualTo(403);
        assertThat(olga.items("/api/v1/projects/" + mine + "/members")).hasSize(1);

        assertThat(ada.items("/api/v1/access-review?permission=role-binding:create&scope=/projects/" + mine))
                .extracting(entry -> entry.path("name").asText())
                .containsExactlyInAnyOrder(Client.ADMIN, "club", "olga");
        assertThat(olga.get("/api/v1/access-review").status()).isEqualTo(403);
        assertThat(ada.delete("/api/v1/projects/" + mine).status()).isEqualTo(204);
        assertThat(olga.items("/api/v1/projects")).isEmpty();
    }

    @Test
    void aRoleOfOnesOwnMakingHoldsAndIsChangedForAll() {
        String role = made(ada.post("/api/v1/roles", Map.of("name", "viewer", "permissions", List.of("system:read"))))
                .get("id");
        String user = made(ada.post("/api/v1/users", Map.of("username", "vera", "password", Client.PASSWORD)))
                .get("id");
        made(ada.post("/api/v1/role-bindings", Map.of("principal", "user:" + user, "roleId", role, "scope", "/")));
        Client vera = freehold.anonymous().signIn("vera", Client.PASSWORD);
        assertThat(vera.get("/api/v1/system").status()).isEqualTo(200);
        assertThat(ada.delete("/api/v1/roles/" + role).status()).isEqualTo(409);
        Map<String, String> nowhere = Map.of(
                "principal", "user:" + user, "roleId", role, "scope", "/backends/01980a2e-0000-7000-8000-000000000000");
        assertThat(ada.post("/api/v1/role-bindings", nowhere).status()).isEqualTo(422);
    }
}
