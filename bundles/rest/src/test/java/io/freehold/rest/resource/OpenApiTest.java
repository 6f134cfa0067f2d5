package io.freehold.rest.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.rest.Routing;
import io.freehold.rest.ServerTest;
import io.freehold.rest.TestServer.Answer;
import io.freehold.rest.http.OpenRoutes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenApiTest extends ServerTest {
    private JsonNode document() {
        Answer answer = server.send(server.open("/api/v1/openapi.json"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        return answer.json();
    }

    private Set<String> described() {
        Set<String> routes = new TreeSet<>();
        document().get("paths").properties().forEach(path -> {
            if (!path.getValue().has("servers")) {
                path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
            }
        });
        return routes;
    }

    @Test
    void theDocumentHoldsExactlyTheRoutesThatAreServed() {
        assertThat(described()).containsExactlyInAnyOrderElementsOf(Routing.of(server));
    }

    @Test
    void whoHasTheDocumentAlreadyIsToldSo() {
        String tag = server.send(server.open("/api/v1/openapi.json")).header("ETag");
        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        Answer again = server.send(server.open("/api/v1/openapi.json").header("If-None-Match", tag));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(server.send(server.open("/api/v1/openapi.json").header("If-None-Match", "\"x\""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void everyOperationSaysItsAnswersAndItsErrors() {
        document()
                .get("paths")
                .forEach(path -> path.forEach(operation -> {
                    JsonNode responses = operation.path("responses");
                    if (responses.isMissingNode() || path.has("servers")) {
                        return;
                    }
                    assertThat(responses.size()).as(operation.toString()).isGreaterThan(1);
                    assertThat(responses
                                    .at("/default/content/application~1problem+json/schema/$ref")
                                    .asText())
                            .as(operation.toString())
                            .isEqualTo("#/components/schemas/Problem");
                    assertThat(operation.path("summary").asText()).isNotEmpty();
                    assertThat(operation.path("operationId").asText()).doesNotContain("_");
                }));
    }

    @Test
    void onlyTheOpenRoutesNeedNoCredential() {
        JsonNode document = document();
        assertThat(document.get("openapi").asText()).startsWith("3.1");
        assertThat(document.at("/components/securitySchemes/bearer/scheme").asText())
                .isEqualTo("bearer");
        assertThat(document.at("/components/securitySchemes/cookie/in").asText())
                .isEqualTo("cookie");
        Set<String> open = new TreeSet<>();
        document.get("paths").properties().forEach(path -> {
            if (!path.getValue().has("servers")) {
                path.getValue().properties().forEach(operation -> {
                    JsonNode security = operation.getValue().get("security");
                    if (security == null) {
                        open.add(operation.getKey().toUpperCase(Locale.ROOT) + " /api/v1" + path.getKey());
                    } else {
                        assertThat(security).as(path.getKey()).hasToString("[{\"bearer\":[]},{\"cookie\":[]}]");
                    }
                });
            }
        });
        assertThat(open).containsExactlyInAnyOrderElementsOf(OpenRoutes.ALL);
    }

    @Test
    void healthIsDescribedToo() {
        assertThat(document().at("/paths/~1healthz/servers/0/url").asText()).isEqualTo("/");
        assertThat(document().get("paths").has("/readyz")).isTrue();
        assertThat(document()
                        .at(
                                "/paths/~1healthz/get/responses/200/content/application~1json/schema/properties/details/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/HealthDetails");
        assertThat(document()
                        .at("/components/schemas/HealthDetails/properties/backends")
                        .isObject())
                .isTrue();
    }

    @Test
    void writesOnInstancesAreAnsweredByAnOperation() {
        for (String path :
                List.of("~1instances/post", "~1instances~1{id}/delete", "~1instances~1{id}~1actions~1{action}/post")) {
            for (String status : List.of("200", "202")) {
                assertThat(document()
                                .at("/paths/" + path + "/responses/" + status
                                        + "/content/application~1json/schema/$ref")
                                .asText())
                        .as(path + " " + status)
                        .isEqualTo("#/components/schemas/Operation");
            }
        }
    }

    @Test
    void everyRouteButTheOpenOnesTakesACredential() {
        for (String route : Routing.of(server)) {
            String method = route.substring(0, route.indexOf(' '));
            String path = "/api/v1" + route.substring(route.indexOf(' ') + 1).replaceAll("\\{[^}]*}", "x");
            if (!OpenRoutes.ALL.contains(method + " " + path)) {
                assertThat(server.send(server.open(path)
                                        .method(method, java.net.http.HttpRequest.BodyPublishers.noBody()))
                                .status())
                        .as(route)
                        .isEqualTo(401);
            }
        }
    }
}
