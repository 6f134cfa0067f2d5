package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Members of a project on a real engine: theirs alone, and within the quota whatever they send at once. */
class ProjectMembersTest extends EngineTest {

    private static String made(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.get("id");
    }

    private Map<String, Object> wanted(String backend, String project, String name) {
        Map<String, Object> wanted =
                new HashMap<>(Hosting.container(backend, docker.name(name), docker.image(), Hosting.IDLE));
        wanted.put("projectId", project);
        return wanted;
    }

    private Client member(String name, String project) {
        String user = made(ada.post("/api/v1/users", Map.of("username", name, "password", Client.PASSWORD)));
        made(ada.post(
                "/api/v1/role-bindings",
                Map.of("principal", "user:" + user, "roleId", "user", "scope", "/projects/" + project)));
        return freehold.anonymous().signIn(name, Client.PASSWORD);
    }

    @Test
    void aMemberActsOnTheProjectsInstancesAloneAndNeverBeyondItsQuota() throws Exception {
        String backend = Hosting.backend(ada, "home", docker.url());
        String mine = made(ada.post("/api/v1/projects", Map.of("name", "mine", "quotas", Map.of("instances", 2))));
        String theirs = made(ada.post("/api/v1/projects", Map.of("name", "theirs")));
        Client mia = member("mia", mine);
        Client tom = member("tom", theirs);
        String hidden = tom.succeed(tom.post("/api/v1/instances", wanted(backend, theirs, "hidden")))
                .path("instanceId")
                .asText();

        List<Answer> answers = atOnce(mia, backend, mine);

        assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(2);
        assertThat(answers).filteredOn(answer -> answer.status() != 202).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.get("code")).isEqualTo("QUOTA_EXCEEDED");
        });
        answers.stream().filter(answer -> answer.status() == 202).forEach(mia::succeed);
        assertThat(mia.items("/api/v1/instances"))
                .hasSize(2)
                .allMatch(instance -> instance.path("projectId").asText().equals(mine));
        String instance = mia.items("/api/v1/instances").get(0).path("id").asText();
        mia.succeed(mia.post("/api/v1/instances/" + instance + "/actions/kill", Map.of()));
        for (Answer answer : List.of(
                mia.get("/api/v1/instances/" + hidden),
                mia.get("/api/v1/instances/" + hidden + "/logs"),
                mia.get("/api/v1/instances/" + hidden + "/stats"),
                mia.post("/api/v1/instances/" + hidden + "/actions/kill", Map.of()),
                mia.delete("/api/v1/instances/" + hidden),
                mia.post("/api/v1/auth/tickets", Map.of("path", "/api/v1/instances/" + hidden + "/console")),
                mia.post("/api/v1/instances", wanted(backend, theirs, "sneaky")))) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(404);
        }
        assertThat(ada.delete("/api/v1/projects/" + mine).status()).isEqualTo(409);
    }

    private List<Answer> atOnce(Client client, String backend, String project) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Map<String, Object> wanted = wanted(backend, project, "n" + i);
                calls.add(() -> client.post("/api/v1/instances", wanted));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> call : threads.invokeAll(calls)) {
                answers.add(call.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
