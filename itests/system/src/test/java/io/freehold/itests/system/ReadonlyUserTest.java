package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A user who may look at one backend's instances: 403 for what it sees and may not do, 404 for the rest. */
class ReadonlyUserTest extends EngineTest {

    @Test
    void whatItSeesIs403AndWhatItMayNotSeeIs404() {
        String shown = Hosting.backend(ada, "shown", docker.url());
        String hidden = Hosting.backend(ada, "hidden", docker.url());
        String instance = Hosting.running(ada, shown, docker.name("seen"), docker.image());
        String unseen = ada.items("/api/v1/instances?backend=" + hidden)
                .get(0)
                .path("id")
                .asText();
        Client reader = reader("/backends/" + shown);

        assertThat(reader.get("/api/v1/instances/" + instance).status()).isEqualTo(200);
        assertThat(reader.items("/api/v1/instances"))
                .isNotEmpty()
                .allMatch(seen -> seen.path("backendId").asText().equals(shown));

        forbidden(reader.post("/api/v1/instances/" + instance + "/actions/stop", Map.of()));
        forbidden(reader.delete("/api/v1/instances/" + instance));
        forbidden(reader.post("/api/v1/users", Map.of("username", "eve", "password", Client.PASSWORD)));
        forbidden(reader.get("/api/v1/audit"));
        Map<String, Object> wanted = Hosting.container(shown, docker.name("never"), docker.image(), Hosting.IDLE);
        assertThat(reader.post("/api/v1/instances", wanted).status()).isEqualTo(403);

        // Nobody learns from complaints about a body what they may not do.
        for (String path : List.of("users", "role-bindings", "instances", "backends")) {
            forbidden(reader.post("/api/v1/" + path, Map.of()));
        }
        forbidden(reader.post("/api/v1/instances/" + instance + "/actions/stop", Map.of("nonsense", 1)));
        String console = "/api/v1/instances/%s/console";
        forbidden(reader.post("/api/v1/auth/tickets", Map.of("path", console.formatted(instance))));
        missing(reader.post("/api/v1/auth/tickets", Map.of("path", console.formatted(unseen))));

        missing(reader.get("/api/v1/instances/" + unseen));
        missing(reader.post("/api/v1/instances/" + unseen + "/actions/stop", Map.of("nonsense", 1)));
        missing(reader.post("/api/v1/instances/" + unseen + "/actions/stop", Map.of()));
        missing(reader.delete("/api/v1/instances/" + unseen));
        missing(reader.get("/api/v1/backends/" + hidden));
        missing(reader.delete("/api/v1/backends/" + hidden));

        assertThat(ada.awaitState(instance, "RUNNING").path("id").asText()).isEqualTo(instance);
        assertThat(ada.items("/api/v1/audit"))
                .anyMatch(entry -> entry.path("action").asText().equals("instance.stop")
                        && entry.path("outcome").asText().equals("DENIED")
                        && entry.path("actorName").asText().equals("rita"));
    }

    private Client reader(String scope) {
        Answer user = ada.post("/api/v1/users", Map.of("username", "rita", "password", Client.PASSWORD));
        assertThat(user.status()).as(user.text()).isEqualTo(201);
        Answer binding = ada.post(
                "/api/v1/role-bindings",
                Map.of("principal", "user:" + user.get("id"), "roleId", role(), "scope", scope));
        assertThat(binding.status()).as(binding.text()).isEqualTo(201);
        return freehold.anonymous().signIn("rita", Client.PASSWORD);
    }

    private String role() {
        return ada.items("/api/v1/roles").stream()
                .filter(role -> role.path("name").asText().equals("readonly"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    private static void forbidden(Answer answer) {
        problem(answer, 403);
    }

    private static void missing(Answer answer) {
        problem(answer, 404);
    }

    private static void problem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.get("requestId"))
                .isEqualTo(answer.header("X-Request-Id"))
                .isNotEmpty();
    }
}
