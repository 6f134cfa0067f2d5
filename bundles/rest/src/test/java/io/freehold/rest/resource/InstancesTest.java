package io.freehold.rest.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.instance.Instance;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.State;
import io.freehold.api.operation.OperationStatus;
import io.freehold.rest.ServerTest;
import io.freehold.rest.TestServer.Answer;
import io.freehold.rest.memory.Memory;
import io.freehold.rest.memory.MemoryInstances;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InstancesTest extends ServerTest {
    private static final String NEW = "{\"backendId\":\"" + MemoryInstances.BACKEND
            + "\",\"name\":\"web\",\"kind\":\"CONTAINER\",\"template\":\"busybox:latest\"";

    @Test
    void anInstanceLooksAsTheContractSays() {
        Instance instance = server.memory.instances.add("exact", State.RUNNING);
        Answer answer = server.get("/api/v1/instances/" + instance.id());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.body())
                .isEqualTo("{\"id\":\"" + instance.id()
                        + "\",\"name\":\"exact\",\"kind\":\"CONTAINER\",\"state\":\"RUNNING\","
                        + "\"backendId\":\"" + MemoryInstances.BACKEND + "\",\"providerId\":\"fake\",\"node\":null,"
                        + "\"projectId\":null,\"labels\":{\"a\":\"1\",\"b\":\"2\"},\"createdAt\":\"2026-01-31T12:00:00Z\","
                        + "\"resources\":{\"cpus\":0.5,\"memoryBytes\":1048576,\"diskBytes\":null},"
                        + "\"network\":{\"addresses\":[\"172.17.0.2\"],\"ports\":[{\"port\":80,\"hostPort\":8080,"
                        + "\"protocol\":\"tcp\",\"address\":\"127.0.0.1\"}]},\"template\":\"busybox:latest\","
                        + "\"actions\":[\"start\",\"delete\"],\"managed\":true,\"stale\":false,\"revision\":"
                        + instance.revision() + "}");
    }

    @Test
    void listsAreEnvelopesWithAWeakTag() {
        server.memory.instances.add("listed", State.RUNNING);
        Answer answer = server.get("/api/v1/instances?limit=1");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("items").size()).isEqualTo(1);
        assertThat(answer.json().get("total").asInt()).isPositive();
        assertThat(answer.header("ETag")).startsWith("W/\"");
        String tag = answer.header("ETag");
        int before = server.memory.instances.lists.get();
        Answer unchanged =
                server.send(server.request("/api/v1/instances?limit=1").header("If-None-Match", tag));
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(server.memory.instances.lists.get()).isEqualTo(before);
        assertThat(server.send(server.request("/api/v1/instances?limit=2").header("If-None-Match", tag))
                        .status())
                .isEqualTo(200);
        assertThat(server.send(server.open("/api/v1/instances?limit=1")
                                .header("Authorization", "Bearer " + Memory.NOBODY)
                                .header("If-None-Match", tag))
                        .json()
                        .get("items"))
                .isEmpty();
        server.memory.instances.add("another", State.RUNNING);
        assertThat(server.send(server.request("/api/v1/instances?limit=1").header("If-None-Match", tag))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anInstanceHasAWeakTagOfItsRevision() {
        Instance instance = server.memory.instances.add("tagged", State.RUNNING);
        String path = "/api/v1/instances/" + instance.id();
        String tag = server.get(path).header("ETag");
        assertThat(tag).startsWith("W/\"");
        Answer unchanged = server.send(server.request(path).header("If-None-Match", tag));
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(unchanged.header("ETag")).isEqualTo(tag);
        assertThat(server.send(server.open(path)
                                .header("Authorization", "Bearer " + Memory.NOBODY)
                                .header("If-None-Match", tag))
                        .status())
                .isEqualTo(404);
        server.memory.instances.put(instance.id(), "tagged", State.STOPPED);
        Answer changed = server.send(server.request(path).header("If-None-Match", tag));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("state").asText()).isEqualTo("STOPPED");
    }

    @Test
    void filtersReachTheService() {
        UUID project = UUID.randomUUID();
        server.get("/api/v1/instances?kind=VM&state=running&backend=" + MemoryInstances.BACKEND + "&project=" + project
                + "&q=w%20b&label=a=1&label=b&label=c%3Dx%3Dy&sort=-createdAt&limit=7&cursor=abc");
        var query = server.memory.instances.lastQuery;
        assertThat(query).isNotNull();
        assertThat(query.kind()).isEqualTo(Kind.VM);
        assertThat(query.state()).isEqualTo(State.RUNNING);
        assertThat(query.backendId()).isEqualTo(MemoryInstances.BACKEND);
        assertThat(query.projectId()).isEqualTo(project);
        assertThat(query.text()).isEqualTo("w b");
        assertThat(query.labels()).isEqualTo(Map.of("a", "1", "b", "", "c", "x=y"));
        assertThat(query.sort()).isEqualTo("-createdAt");
        assertThat(query.page().limit()).isEqualTo(7);
        assertThat(query.page().cursor()).isEqualTo("abc");
    }

    @Test
    void badParametersAreInvalidAndNamed() {
        for (String query : new String[] {"kind=vm", "state=ON", "backend=5", "label==x", "limit=0", "limit=x"}) {
            Answer answer = server.get("/api/v1/instances?" + query);
            assertThat(answer.status()).as(query).isEqualTo(422);
            assertThat(answer.json().at("/violations/0/field").asText())
                    .isEqualTo(query.substring(0, query.indexOf('=')));
        }
    }

    @Test
    void whatIsNoIdIsNotFound() {
        assertThat(server.get("/api/v1/instances/5").status()).isEqualTo(404);
        assertThat(server.get("/api/v1/instances/" + UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(server.post("/api/v1/instances/x/actions/start", "").status())
                .isEqualTo(404);
    }

    @Test
    void creatingIsAcceptedWithAnOperation() {
        Answer answer = server.post(
                "/api/v1/instances",
                NEW
                        + ",\"ports\":[{\"port\":80},{\"port\":53,\"hostPort\":5353,\"protocol\":\"udp\"}],\"environment\":{\"A\":\"b\"},"
                        + "\"config\":{\"command\":[\"sh\"]},\"resources\":{\"cpus\":0.5,\"memoryBytes\":1}}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        String id = answer.json().get("id").asText();
        assertThat(answer.header("Location")).isEqualTo("/api/v1/operations/" + id);
        assertThat(answer.json().fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "action",
                        "instanceId",
                        "backendId",
                        "status",
                        "progress",
                        "message",
                        "error",
                        "createdBy",
                        "createdAt",
                        "startedAt",
                        "endedAt");
        var request = server.memory.instances.lastRequest;
        assertThat(request).isNotNull();
        assertThat(request.start()).isTrue();
        assertThat(request.ports()).hasSize(2);
        assertThat(request.ports().get(0).protocol()).isEqualTo("tcp");
        assertThat(request.environment()).isEqualTo(Map.of("A", "b"));
        assertThat(request.config()).containsKey("command");
        assertThat(server.get("/api/v1/operations/" + id).json().get("status").asText())
                .isEqualTo("RUNNING");
    }

    @Test
    void everythingThatIsMissingOrOfAnotherKindIsNamedAtOnce() {
        Answer answer = server.post(
                "/api/v1/instances",
                "{\"backendId\":\"x\",\"kind\":\"vm\",\"ports\":[{\"port\":80},{\"hostPort\":1}],"
                        + "\"environment\":{\"A\":null}}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().findValuesAsText("field"))
                .containsExactlyInAnyOrder("name", "template", "backendId", "kind", "ports[1].port", "environment.A");
    }

    @Test
    void preferWaitAnswersWhenTheOperationHasEnded() throws Exception {
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(() -> server.send(server.request("/api/v1/instances")
                        .header("Content-Type", "application/json")
                        .header("Prefer", "respond-async, wait=30")
                        .POST(BodyPublishers.ofString(NEW + "}"))));
        await().until(() -> Duration.ofSeconds(30).equals(server.memory.operations.lastPatience));
        String id = server.get("/api/v1/operations?status=RUNNING&action=create")
                .json()
                .at("/items/0/id")
                .asText();
        server.get("/api/v1/operations?status=RUNNING")
                .json()
                .get("items")
                .forEach(item -> server.memory.operations.end(
                        UUID.fromString(item.get("id").asText()), OperationStatus.SUCCEEDED));
        Answer answer = waiting.get();
        assertThat(id).isNotEmpty();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=30");
        assertThat(answer.json().get("status").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void preferWaitThatIsTooShortIsAccepted() {
        Instance instance = server.memory.instances.add("slow", State.STOPPED);
        Answer answer = server.send(server.request("/api/v1/instances/" + instance.id() + "/actions/start")
                .header("Prefer", "wait=1")
                .POST(BodyPublishers.noBody()));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location")).startsWith("/api/v1/operations/");
    }

    @Test
    void actionsTakeArgumentsAndKeys() {
        Instance instance = server.memory.instances.add("stopping", State.RUNNING);
        Answer answer = server.send(server.request("/api/v1/instances/" + instance.id() + "/actions/stop")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "key-1")
                .POST(BodyPublishers.ofString("{\"timeoutSeconds\":3}")));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("instanceId").asText())
                .isEqualTo(instance.id().toString());
        assertThat(server.memory.instances.lastArguments).isEqualTo(Map.of("timeoutSeconds", 3L));
        assertThat(server.memory.instances.lastKey).isEqualTo("key-1");
        Answer refused = server.post("/api/v1/instances/" + instance.id() + "/actions/fly", "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("code").asText()).isEqualTo("UNSUPPORTED");
        assertThat(server.post("/api/v1/instances/" + instance.id() + "/actions/stop", "[1]")
                        .status())
                .isEqualTo(400);
        assertThat(server.send(server.request("/api/v1/instances/" + instance.id() + "/actions/stop")
                                .header("Idempotency-Key", "k".repeat(201))
                                .POST(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void argumentsThatAnActionCannotReadAreMalformed() {
        Instance instance = server.memory.instances.add("arguments", State.RUNNING);
        String path = "/api/v1/instances/" + instance.id() + "/actions/stop";
        Answer unknown = server.post(path, "{\"foo\":1}");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().at("/violations/0/field").asText()).isEqualTo("foo");
        for (String wrong : new String[] {"\"3\"", "1.5", "true", "[]"}) {
            Answer answer = server.post(path, "{\"timeoutSeconds\":" + wrong + "}");
            assertThat(answer.status()).as(wrong).isEqualTo(400);
            assertThat(answer.json().at("/violations/0/field").asText()).isEqualTo("timeoutSeconds");
        }
        // What is out of range is for the service to refuse.
        server.post(path, "{\"timeoutSeconds\":99999999999}");
        assertThat(server.memory.instances.lastArguments).isEqualTo(Map.of("timeoutSeconds", 99_999_999_999L));
        assertThat(server.post(path, "{\"timeoutSeconds\":null}").status()).isEqualTo(202);
    }

    @Test
    void deletingIsAnOperationToo() {
        Instance instance = server.memory.instances.add("gone", State.STOPPED);
        Answer answer = server.delete("/api/v1/instances/" + instance.id());
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("action").asText()).isEqualTo("delete");
    }

    @Test
    void operationsAreCancelledByDeleting() {
        String id = server.post("/api/v1/instances", NEW + "}").json().get("id").asText();
        Answer answer = server.delete("/api/v1/operations/" + id);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("status").asText()).isEqualTo("CANCELLED");
        assertThat(server.delete("/api/v1/operations/" + UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(server.get("/api/v1/operations?status=nope").status()).isEqualTo(422);
    }

    @Test
    void whoMayNotIsToldSo() {
        Answer answer = server.send(server.open("/api/v1/instances")
                .header("Authorization", "Bearer " + Memory.NOBODY)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(NEW + "}")));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().get("code").asText()).isEqualTo("DENIED");
    }
}
