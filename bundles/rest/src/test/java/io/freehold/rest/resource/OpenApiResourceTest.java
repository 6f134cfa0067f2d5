package io.freehold.rest.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.rest.TestServer;
import io.freehold.rest.http.Api;
import io.freehold.rest.http.Route;
import io.freehold.rest.plugin.Mounted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OpenApiResourceTest {
    private final AtomicLong changes = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Map<String, byte[]> descriptions = Map.of();

    private final Mounted plugins = new Mounted() {
        @Override
        public Optional<Api.Resources> find(String path) {
            return Optional.empty();
        }

        @Override
        public List<Route> routes() {
            return List.of();
        }

        @Override
        public long changes() {
            return changes.get();
        }

        @Override
        public Map<String, byte[]> descriptions() {
            asked.incrementAndGet();
            return descriptions;
        }
    };

    @Test
    void theDocumentIsMergedOnceForEachChangeOfThePlugins() {
        try (TestServer server = new TestServer(plugins)) {
            String path = "/api/v1/openapi.json";
            String plain = server.send(server.open(path)).header("ETag");
            assertThat(server.send(server.open(path)).header("ETag")).isEqualTo(plain);
            assertThat(asked).hasValue(1);
            descriptions = Map.of(
                    "hello",
                    "{\"paths\":{\"/api/v1/plugins/hello/greeting\":{\"get\":{}}}}".getBytes(StandardCharsets.UTF_8));
            changes.incrementAndGet();
            TestServer.Answer merged = server.send(server.open(path).header("If-None-Match", plain));
            assertThat(merged.status()).isEqualTo(200);
            assertThat(merged.json().path("paths").has("/plugins/hello/greeting"))
                    .isTrue();
            server.send(server.open(path));
            assertThat(asked).hasValue(2);
            descriptions = Map.of();
            changes.incrementAndGet();
            assertThat(server.send(server.open(path).header("If-None-Match", plain))
                            .status())
                    .isEqualTo(304);
        }
    }

    @Test
    void theDescriptionTakesACredentialWhereThatIsSet() {
        try (TestServer closed = new TestServer(Map.of("freehold.openapi.open", "false"))) {
            assertThat(closed.send(closed.open("/api/v1/openapi.json")).status())
                    .isEqualTo(401);
            assertThat(closed.get("/api/v1/openapi.json").status()).isEqualTo(200);
            assertThat(closed.send(closed.open("/api/v1/setup")).status()).isEqualTo(200);
            assertThat(closed.endpoint().routes())
                    .filteredOn(route -> route.path().equals("/api/v1/openapi.json"))
                    .extracting(Route::open)
                    .containsExactly(false);
        }
    }
}
