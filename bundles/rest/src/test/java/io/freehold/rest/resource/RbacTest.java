package io.freehold.rest.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.instance.State;
import io.freehold.api.security.AccessReview;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.rest.ServerTest;
import io.freehold.rest.TestServer.Answer;
import io.freehold.rest.memory.Memory;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RbacTest extends ServerTest {
    @Test
    void rolesAreMadeChangedAndDeleted() {
        Answer made = server.post(
                "/api/v1/roles", "{\"name\":\"starter\",\"permissions\":[\"instance:start\",\"instance:read\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.header("ETag")).isEqualTo("\"1\"");
        assertThat(made.json().at("/permissions/0").asText()).isEqualTo("instance:read");
        assertThat(made.json().get("builtIn").asBoolean()).isFalse();
        String path = made.header("Location");
        assertThat(server.get(path).json().get("name").asText()).isEqualTo("starter");
        String changed = "{\"name\":\"stopper\",\"permissions\":[\"instance:stop\"]}";
        assertThat(server.put(path, changed).status()).isEqualTo(428);
        assertThat(server.put(path, changed, "If-Match", "\"7\"").status()).isEqualTo(412);
        Answer answer = server.put(path, changed, "If-Match", "\"1\"");
        assertThat(answer.header("ETag")).isEqualTo("\"2\"");
        assertThat(answer.json().at("/permissions/0").asText()).isEqualTo("instance:stop");
        assertThat(server.delete(path).status()).isEqualTo(204);
        assertThat(server.get(path).status()).isEqualTo(404);
        assertThat(server.delete("/api/v1/roles/readonly").status()).isEqualTo(409);
    }

    @Test
    void whatIsWrongWithARoleIsNamed() {
        Answer missing = server.post("/api/v1/roles", "{}");
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.json().findValuesAsText("field")).containsExactly("name", "permissions");
        Answer wrong =
                server.post("/api/v1/roles", "{\"name\":\"x\",\"permissions\":[\"instance:read\",\"all\",null]}");
        assertThat(wrong.json().findValuesAsText("field")).containsExactly("permissions[1]", "permissions[2]");
        assertThat(server.post("/api/v1/roles", "{\"name\":\"x\",\"permissions\":[],\"builtIn\":true}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void groupsAreMadeChangedAndDeleted() {
        UUID ada = UUID.randomUUID();
        Answer made = server.post("/api/v1/groups", "{\"name\":\"club\",\"members\":[\"" + ada + "\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().at("/members/0").asText()).isEqualTo(ada.toString());
        String path = made.header("Location");
        assertThat(server.put(path, "{\"name\":\"guild\"}").status()).isEqualTo(428);
        assertThat(server.put(path, "{\"name\":\"guild\"}", "If-Match", "\"1\"")
                        .json()
                        .get("members"))
                .hasSize(1);
        UUID bob = UUID.randomUUID();
        assertThat(server.put(path + "/members/" + bob, "").json().get("members"))
                .hasSize(2);
        assertThat(server.delete(path + "/members/" + bob).status()).isEqualTo(204);
        assertThat(server.delete(path + "/members/" + bob).status()).isEqualTo(404);
        assertThat(server.get(path).header("ETag")).isEqualTo("\"4\"");
        assertThat(server.get("/api/v1/groups").json().get("total").asInt()).isEqualTo(1);
        assertThat(server.post("/api/v1/groups", "{\"name\":\"x\",\"members\":[\"ada\"]}")
                        .json()
                        .at("/violations/0/field")
                        .asText())
                .isEqualTo("members[0]");
        assertThat(server.delete(path).status()).isEqualTo(204);
        assertThat(server.get(path).status()).isEqualTo(404);
    }

    @Test
    void projectsAreMadeChangedAndDeleted() {
        Answer made = server.post(
                "/api/v1/projects",
                "{\"name\":\"web\",\"description\":\"Sites\",\"quotas\":{\"instances\":3,\"cpus\":1.5}}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().at("/quotas/instances").asInt()).isEqualTo(3);
        assertThat(made.json().at("/quotas/cpus").asDouble()).isEqualTo(1.5);
        assertThat(made.json().at("/quotas/memoryBytes").isNull()).isTrue();
        String path = made.header("Location");
        assertThat(server.put(path, "{\"name\":\"shop\"}").status()).isEqualTo(428);
        Answer changed = server.put(path, "{\"name\":\"shop\"}", "If-Match", "\"1\"");
        assertThat(changed.json().at("/quotas/instances").isNull()).isTrue();
        assertThat(server.get("/api/v1/projects").json().at("/items/0/name").asText())
                .isEqualTo("shop");
        assertThat(server.send(server.open(path).header("Authorization", "Bearer " + Memory.NOBODY))
                        .status())
                .isEqualTo(404);
        assertThat(server.post("/api/v1/projects", "{\"quotas\":{\"instances\":\"many\"}}")
                        .status())
                .isBetween(400, 422);
        assertThat(server.delete(path).status()).isEqualTo(204);
        assertThat(server.get(path).status()).isEqualTo(404);
    }

    @Test
    void membersAreBindingsAtTheProject() {
        String project = server.post("/api/v1/projects", "{\"name\":\"club\"}").header("Location");
        String member = "user:" + UUID.randomUUID();
        Answer put = server.put(project + "/members/" + member, "{\"roleId\":\"readonly\"}");
        assertThat(put.status()).as(put.body()).isEqualTo(200);
        assertThat(put.json().get("principal").asText()).isEqualTo(member);
        assertThat(server.put(project + "/members/" + member, "{\"principal\":\"user:x\",\"roleId\":\"readonly\"}")
                        .status())
                .isEqualTo(422);
        Answer members = server.get(project + "/members");
        assertThat(members.json().at("/items/0/roleId").asText()).isEqualTo("readonly");
        assertThat(server.get("/api/v1/role-bindings?scope=" + project.substring("/api/v1".length()))
                        .json()
                        .get("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(server.delete(project + "/members/" + member).status()).isEqualTo(204);
        assertThat(server.delete(project + "/members/" + member).status()).isEqualTo(404);
        assertThat(server.get("/api/v1/projects/" + UUID.randomUUID() + "/members")
                        .status())
                .isEqualTo(404);
        server.delete(project);
    }

    @Test
    void theAccessReviewIsFilteredAndTakesItsPermission() {
        Answer answer = server.get("/api/v1/access-review?permission=instance:read&scope=/");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/items/0/access/0/permissions/0").asText()).isEqualTo("instance:read");
        assertThat(answer.json().at("/items/0/sources/0/group").asText()).startsWith("group:");
        assertThat(answer.json().at("/items/0/stale").asBoolean()).isTrue();
        AccessReview.Query query = server.memory.review.lastQuery;
        assertThat(query).isNotNull();
        assertThat(query.permission()).isEqualTo(Permissions.INSTANCE_READ);
        assertThat(query.scope()).isEqualTo(Scope.ROOT);
        assertThat(server.get("/api/v1/access-review?scope=here").status()).isEqualTo(422);
        assertThat(server.send(server.open("/api/v1/access-review").header("Authorization", "Bearer " + Memory.NOBODY))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void oneSeesWhatOneMayDoWhere() {
        Answer me = server.get("/api/v1/auth/me");
        assertThat(me.json().at("/access/0/scope").asText()).isEqualTo("/");
        assertThat(me.json().at("/access/0/permissions").size())
                .isEqualTo(me.json().get("permissions").size());
    }

    @Test
    void anInstanceIsGivenToAnotherProject() {
        String path = "/api/v1/instances/"
                + server.memory.instances.add("moving", State.RUNNING).id();
        UUID project = UUID.randomUUID();
        assertThat(patch(path, "{\"projectId\":\"" + project + "\"}")
                        .json()
                        .get("projectId")
                        .asText())
                .isEqualTo(project.toString());
        assertThat(patch(path, "{\"projectId\":null}").json().get("projectId").isNull())
                .isTrue();
        assertThat(patch(path, "{}").json().at("/violations/0/field").asText()).isEqualTo("projectId");
        assertThat(patch(path, "{\"projectId\":7}").status()).isEqualTo(422);
        assertThat(patch(path, "{\"name\":\"x\"}").status()).isEqualTo(400);
    }

    private Answer patch(String path, String json) {
        return server.send(server.request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json)));
    }
}
