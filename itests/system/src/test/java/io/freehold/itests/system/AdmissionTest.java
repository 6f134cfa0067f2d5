package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A user who may create, and what it takes to reach the host: nothing but a permission or a policy does. */
class AdmissionTest extends EngineTest {

    @Test
    void whatReachesTheHostIsRefusedUntilAPolicyAllowsIt() {
        String backend = Hosting.backend(ada, "home", docker.url());
        Client user = user("/backends/" + backend);

        List<Map<String, Object>> reaching = List.of(
                Map.of("privileged", true),
                Map.of("network", "host"),
                Map.of("hostNamespaces", List.of("pid")),
                Map.of("capabilities", List.of("SYS_ADMIN")),
                Map.of("devices", List.of("/dev/null")),
                Map.of("securityOptions", List.of("seccomp=unconfined")),
                Map.of("pidsLimit", 0),
                Map.of("mounts", List.of(Map.of("type", "bind", "source", "/run/docker.sock", "target", "/x"))),
                Map.of("mounts", List.of(Map.of("type", "volume", "source", "shared", "target", "/x"))),
                Map.of(
                        "mounts",
                        List.of(Map.of(
                                "target",
                                "/x",
                                "driverOptions",
                                Map.of("type", "none", "o", "bind", "device", "/srv/../etc")))));
        for (Map<String, Object> config : reaching) {
            refused(user.post("/api/v1/instances", container(backend, config)), config);
        }
        user.succeed(user.post("/api/v1/instances", container(backend, Map.of())));
        assertThat(ada.items("/api/v1/audit"))
                .anyMatch(entry -> entry.path("action").asText().equals("instance.create")
                        && entry.path("outcome").asText().equals("DENIED")
                        && entry.path("detail").asText().contains("privileged"));

        String policy = "/api/v1/admission-policies/backend:" + backend;
        refusedPolicy(user, policy);
        Answer set = ada.send(ada.request(policy)
                .header("Content-Type", "application/json")
                .header("If-Match", ada.get(policy).header("ETag"))
                .PUT(BodyPublishers.ofString(
                        Answer.text(Map.of("allow", Map.of("hostPaths", List.of(Map.of("path", "/etc"))))))));
        assertThat(set.status()).as(set.text()).isEqualTo(200);

        user.succeed(user.post("/api/v1/instances", container(backend, bind("/srv/../etc//", true))));
        for (Map<String, Object> config : List.of(bind("/etc", false), bind("/etc2", true), bind("/etc/../", true))) {
            refused(user.post("/api/v1/instances", container(backend, config)), config);
        }
        assertThat(ada.delete(policy).status()).isEqualTo(204);
        refused(user.post("/api/v1/instances", container(backend, bind("/etc", true))), "without the policy");
    }

    private static void refused(Answer answer, Object what) {
        assertThat(answer.status()).as(what + ": " + answer.text()).isEqualTo(403);
        JsonNode problem = answer.json();
        assertThat(problem.path("code").asText()).as(what.toString()).isEqualTo("ADMISSION_DENIED");
        assertThat(problem.path("violations")).as(what.toString()).isNotEmpty();
    }

    private static void refusedPolicy(Client user, String policy) {
        assertThat(user.get(policy).status()).isEqualTo(403);
        assertThat(user.delete(policy).status()).isEqualTo(403);
    }

    private static Map<String, Object> bind(String source, boolean readOnly) {
        return Map.of(
                "mounts", List.of(Map.of("type", "bind", "source", source, "target", "/mnt", "readOnly", readOnly)));
    }

    private Map<String, Object> container(String backend, Map<String, Object> more) {
        Map<String, Object> wanted =
                new HashMap<>(Hosting.container(backend, docker.name("admission"), docker.image(), Hosting.IDLE));
        Map<String, Object> config = new HashMap<>(more);
        config.put("command", Hosting.IDLE);
        wanted.put("config", config);
        return wanted;
    }

    private Client user(String scope) {
        Answer user = ada.post("/api/v1/users", Map.of("username", "ursula", "password", Client.PASSWORD));
        assertThat(user.status()).as(user.text()).isEqualTo(201);
        Answer binding = ada.post(
                "/api/v1/role-bindings",
                Map.of("principal", "user:" + user.get("id"), "roleId", "user", "scope", scope));
        assertThat(binding.status()).as(binding.text()).isEqualTo(201);
        return freehold.anonymous().signIn("ursula", Client.PASSWORD);
    }
}
