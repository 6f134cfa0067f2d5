package io.freehold.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.rest.http.OpenRoutes;
import io.freehold.rest.http.Route;
import io.freehold.rest.http.Route.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the server says that it serves. */
class RoutesTest extends ServerTest {
    private List<Route> routes() {
        return server.server().routes();
    }

    @Test
    void routesOfEveryKindAreListedByPath() {
        assertThat(routes())
                .contains(
                        new Route(Kind.HANDLER, "GET", "/healthz", true, null, null),
                        new Route(Kind.REST, "POST", "/api/v1/auth/login", true, null, null),
                        new Route(Kind.REST, "PUT", "/api/v1/users/{id}", false, "user:update", null),
                        new Route(
                                Kind.REST,
                                "POST",
                                "/api/v1/instances/{id}/actions/{action}",
                                false,
                                "instance:{action}",
                                null),
                        new Route(Kind.SSE, "GET", "/api/v1/events", false, null, null),
                        new Route(Kind.SSE, "GET", "/api/v1/instances/{id}/logs", false, null, null),
                        new Route(Kind.REST, "GET", "/api/v1/instances/{id}/logs", false, null, null),
                        new Route(Kind.WEBSOCKET, "GET", "/api/v1/instances/{id}/console", false, null, null))
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.comparing(Route::path).thenComparing(Route::method));
        assertThat(routes()).extracting(Route::method).doesNotContain("OPTIONS");
    }

    @Test
    void openAreTheOpenRoutesAndHealth() {
        Set<String> open = new TreeSet<>(OpenRoutes.ALL);
        open.addAll(List.of("GET /healthz", "GET /readyz", "GET /.well-known/security.txt"));
        assertThat(routes().stream()
                        .filter(Route::open)
                        .map(route -> route.method() + " " + route.path())
                        .collect(Collectors.toSet()))
                .isEqualTo(open);
    }

    @Test
    void whatAHandlerDoesNotDeclareItNeverAnswers() {
        assertThat(server.get("/healthz/").status()).isEqualTo(404);
        assertThat(server.get("/health").status()).isEqualTo(404);
        TestServer.Answer written = server.delete("/healthz");
        assertThat(written.status()).isEqualTo(405);
        assertThat(written.header("Allow")).isEqualTo("GET, HEAD");
    }
}
