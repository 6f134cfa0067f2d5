package io.freehold.rest.jersey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.freehold.rest.http.Problems;
import io.freehold.rest.http.Route;
import io.freehold.rest.json.Json;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResourceRoutesTest {
    /** Paths as they can be written. */
    @Path("/things/")
    public static class Things {
        @GET
        public String all() {
            return "";
        }

        @OPTIONS
        public String options() {
            return "";
        }

        @DELETE
        @Path("/{id : [0-9]{1,3}}/parts/{part}")
        public void remove() {}
    }

    private record Named() implements MethodPermissions {
        @Override
        public String of(Method method) {
            return "thing:" + method.getName();
        }

        @Override
        public void configure(ResourceInfo resource, FeatureContext context) {}
    }

    @Test
    void pathsAreWholeAndOptionsThatAResourceAnswersItselfAreListed() {
        try (JerseyHandler handler = new JerseyHandler(
                "/base/", Set.of(new Things()), new Named(), Set.of(), new Json(), new Problems(new Json()))) {
            assertThat(handler.routes())
                    .extracting(Route::method, Route::path, Route::permission)
                    .containsExactlyInAnyOrder(
                            tuple("GET", "/base/things/", "thing:all"),
                            tuple("OPTIONS", "/base/things/", "thing:options"),
                            tuple("DELETE", "/base/things/{id}/parts/{part}", "thing:remove"));
        }
    }
}
