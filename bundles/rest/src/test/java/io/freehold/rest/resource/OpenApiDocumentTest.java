package io.freehold.rest.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {
    private static final String HELLO = """
            {"paths":{
              "/api/v1/plugins/hello/greeting":{"get":{"operationId":"greet","responses":{"200":{"content":{"application/json":
                {"schema":{"$ref":"#/components/schemas/User"}}}}}}},
              "/api/v1/users":{"get":{}},"/api/v1/plugins/hello":{"get":{}}},
             "components":{"schemas":{"User":{"type":"string"}}}}""";

    private static JsonNode with(Map<String, byte[]> plugins) throws IOException {
        return new ObjectMapper().readTree(new OpenApiDocument().with(plugins));
    }

    @Test
    void whatAPluginSaysOfItsOwnPathsIsAddedAndNothingElseOfItCounts() throws IOException {
        JsonNode plain = with(Map.of());
        JsonNode merged = with(Map.of("hello", HELLO.getBytes(StandardCharsets.UTF_8)));
        JsonNode greeting = merged.path("paths").path("/plugins/hello/greeting");
        assertThat(greeting.at("/get/responses/200/content/application~1json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/hello.User");
        assertThat(greeting.at("/get/operationId").asText()).isEqualTo("hello.greet");
        assertThat(greeting.at("/get/security")).hasToString("[{\"bearer\":[]},{\"cookie\":[]}]");
        assertThat(merged.at("/components/schemas")
                        .path("hello.User")
                        .path("type")
                        .asText())
                .isEqualTo("string");
        assertThat(merged.at("/components/schemas/User")).isEqualTo(plain.at("/components/schemas/User"));
        assertThat(merged.path("paths").path("/users"))
                .isEqualTo(plain.path("paths").path("/users"));
        assertThat(merged.path("paths").size()).isEqualTo(plain.path("paths").size() + 1);
    }

    @Test
    void aPluginThatDescribesItselfBadlySpoilsNothing() throws IOException {
        assertThat(with(Map.of("bad", "what?".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(with(Map.of()));
    }
}
