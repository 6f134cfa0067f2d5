package io.freehold.rest.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.instance.State;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.rest.Routing;
import io.freehold.rest.ServerTest;
import io.freehold.rest.TestServer.Answer;
import io.freehold.rest.http.Route;
import io.freehold.rest.memory.Memory;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may not is told so before what it sends is looked at. */
class PermissionTest extends ServerTest {
    private static final List<String> BODIES = List.of("{}", "", "{", "null", "{\"nonsense\":1}");

    /** Writes that everybody may attempt: those of no account yet, on one's own account, or of one's own operations. */
    private static final Set<String> OPEN = Set.of(
            "POST /setup",
            "POST /auth/login",
            "POST /auth/refresh",
            "POST /auth/logout",
            "POST /auth/password",
            "POST /auth/tickets",
            "POST /auth/totp",
            "PUT /auth/totp",
            "DELETE /auth/totp",
            "POST /api-tokens",
            "DELETE /api-tokens/{id}",
            "DELETE /auth/sessions/{id}",
            "DELETE /operations/{id}");

    @BeforeEach
    void holdReadPermissionsOnly() {
        server.memory.security.change(
                Memory.NOBODY, Set.of(Permissions.INSTANCE_READ, Permissions.BACKEND_READ, Permissions.USER_READ));
        server.memory.security.denials.clear();
    }

    private Answer send(String method, String path, String body) {
        HttpRequest.Builder request = server.open(path)
                .header("Authorization", "Bearer " + Memory.NOBODY)
                .header("Content-Type", "application/json");
        return server.send(request.method(method, BodyPublishers.ofString(body)));
    }

    private void isDenied(String method, String path, String permission, String resource) {
        for (String body : BODIES) {
            server.memory.security.denials.clear();
            Answer answer = send(method, path, body);
            assertThat(answer.status()).as(method + " " + path + " " + body).isEqualTo(403);
            assertThat(answer.json().get("code").asText()).isEqualTo("DENIED");
            assertThat(server.memory.security.denials).containsExactly(permission + " " + resource);
        }
    }

    private String backend() {
        return server.post("/api/v1/backends", "{\"provider\":\"fake\",\"name\":\"home\",\"config\":{\"url\":\"u\"}}")
                .header("Location");
    }

    @Test
    void creatingWithoutThePermissionIsDeniedWhateverTheBody() {
        isDenied("POST", "/api/v1/users", "user:create", "users");
        isDenied("POST", "/api/v1/users/import", "user:create", "users");
        isDenied("POST", "/api/v1/role-bindings", "role-binding:create", "role-bindings");
        isDenied("POST", "/api/v1/instances", "instance:create", "instances");
        isDenied("POST", "/api/v1/backends", "backend:create", "backends");
        isDenied("POST", "/api/v1/roles", "role:create", "roles");
        isDenied("POST", "/api/v1/groups", "group:create", "groups");
        isDenied("POST", "/api/v1/projects", "project:create", "projects");
    }

    @Test
    void changingAThingThatOneSeesIsDeniedWhateverTheBody() {
        String instance =
                server.memory.instances.add("seen", State.RUNNING).id().toString();
        String user = UUID.randomUUID().toString();
        String backend = backend();
        isDenied("POST", "/api/v1/instances/" + instance + "/actions/stop", "instance:stop", "instances/" + instance);
        isDenied("DELETE", "/api/v1/instances/" + instance, "instance:delete", "instances/" + instance);
        isDenied("PUT", backend, "backend:update", backend.substring("/api/v1/".length()));
        isDenied("POST", backend + "/test", "backend:test", backend.substring("/api/v1/".length()));
        isDenied("PUT", "/api/v1/users/" + user, "user:update", "users/" + user);
        isDenied("PATCH", "/api/v1/instances/" + instance, "instance:update", "instances/" + instance);
        isDenied("PUT", "/api/v1/roles/" + user, "role:update", "roles");
        isDenied("DELETE", "/api/v1/roles/readonly", "role:delete", "roles");
        isDenied("DELETE", "/api/v1/role-bindings/" + user, "role-binding:delete", "role-bindings");
    }

    @Test
    void aThingThatOneMayNotSeeIsNotFoundWhateverTheBody() {
        String instance =
                server.memory.instances.add("hidden", State.RUNNING).id().toString();
        String backend = backend();
        server.memory.security.change(Memory.NOBODY, Set.<Permission>of());
        for (String path : List.of("/api/v1/instances/" + instance + "/actions/stop", backend + "/test")) {
            server.memory.security.denials.clear();
            assertThat(send("POST", path, "{").status()).as(path).isEqualTo(404);
            assertThat(server.memory.security.denials).isNotEmpty();
        }
        assertThat(send("PUT", backend, "{}").status()).isEqualTo(404);
        assertThat(send("PUT", "/api/v1/users/" + UUID.randomUUID(), "{}").status())
                .isEqualTo(404);
        assertThat(send("PUT", "/api/v1/users/x", "{}").status()).isEqualTo(404);
        String id = UUID.randomUUID().toString();
        assertThat(send("PUT", "/api/v1/groups/" + id, "{}").status()).isEqualTo(404);
        assertThat(send("PUT", "/api/v1/groups/" + id + "/members/" + id, "").status())
                .isEqualTo(404);
        assertThat(send("PUT", "/api/v1/projects/" + id, "{}").status()).isEqualTo(404);
        assertThat(send("PUT", "/api/v1/projects/" + id + "/members/user:" + id, "{}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whoHoldsThePermissionIsToldWhatIsWrongWithTheBody() {
        server.memory.security.change(Memory.NOBODY, Set.of(Permissions.USER_CREATE));
        assertThat(send("POST", "/api/v1/users", "{}").status()).isEqualTo(422);
        assertThat(send("POST", "/api/v1/users", "{").status()).isEqualTo(400);
    }

    @Test
    void anActionThatNoPermissionIsNamedAfterIsTheServicesToRefuse() {
        String instance =
                server.memory.instances.add("flying", State.RUNNING).id().toString();
        for (String action : List.of("fly", "%7Bid%7D", "a:b")) {
            Answer answer = send("POST", "/api/v1/instances/" + instance + "/actions/" + action, "");
            assertThat(answer.status()).as(answer.body()).isNotEqualTo(500);
            assertThat(server.memory.security.denials).isEmpty();
        }
    }

    @Test
    void everyWriteSaysWhatItTakes() {
        List<Route> writes = Routing.methods(server).stream()
                .filter(route -> !route.method().equals("GET"))
                .toList();
        List<String> unsaid = new ArrayList<>();
        writes.forEach(route -> {
            String required = route.permission();
            if (required == null) {
                unsaid.add(Routing.name(route));
            } else if (!required.contains("{")) {
                assertThat(Permissions.ALL).contains(Permission.of(required));
            }
        });
        assertThat(writes).hasSizeGreaterThan(OPEN.size());
        assertThat(unsaid).containsExactlyInAnyOrderElementsOf(OPEN);
    }
}
