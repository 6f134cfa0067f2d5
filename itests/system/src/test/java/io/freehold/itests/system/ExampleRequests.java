package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a request of any route. What its path names is there, made anew when a request took it away; what it sends
 * is well-formed but leads to nothing, so that who may do it is told what is wrong and who may not is not.
 */
final class ExampleRequests {
    private static final Pattern ID = Pattern.compile("([^/]+)/\\{id}");
    private static final String ACTION = "{action}";
    private static final String USERS = "/api/v1/users";
    private static final String SESSIONS = "users/{id}/sessions";
    /** A session of the user before it. */
    private static final String SESSION = "{session}";

    private static final List<String> ACTIONS = List.of("start", "stop", "restart", "kill", "pause", "resume");

    private static final Map<String, Set<String>> DEPENDENTS = Map.of(
            "users", Set.of("role-bindings", "groups", "projects"), "backends", Set.of("instances", "operations"));

    private final Client ada;
    private final String plugin;
    private final Map<String, String> made = new HashMap<>();
    private int count;

    /** What can stand for {@code {id}}, by the noun before it. */
    private final Map<String, Supplier<String>> makers = Map.ofEntries(
            Map.entry("users", this::user),
            Map.entry("backends", this::backend),
            Map.entry("instances", this::instance),
            Map.entry("operations", this::operation),
            Map.entry("roles", () -> "readonly"),
            Map.entry("role-bindings", this::binding),
            Map.entry("sessions", this::session),
            Map.entry("alert-channels", this::channel),
            Map.entry("api-tokens", this::apiToken),
            Map.entry("plugins", this::plugin),
            Map.entry("groups", this::group),
            Map.entry("projects", this::project),
            Map.entry("admission-policies", () -> "global"));

    /** What is sent where an empty object says too little to get as far as the last check. */
    private final Map<String, Supplier<Map<String, Object>>> bodies = Map.ofEntries(
            Map.entry(
                    "POST /api/v1/auth/tickets",
                    () -> Map.of("path", "/api/v1/instances/" + id("instances") + "/console")),
            Map.entry("POST /api/v1/users", () -> Map.of("username", "somebody", "password", "short")),
            Map.entry("PUT /api/v1/users/{id}", () -> Map.of("email", "somebody@example.org")),
            Map.entry("POST /api/v1/alert-channels", ExampleRequests::pigeonhole),
            Map.entry("PUT /api/v1/alert-channels/{id}", ExampleRequests::pigeonhole),
            Map.entry(
                    "POST /api/v1/role-bindings",
                    () -> Map.of("principal", "user:" + id("users"), "roleId", "unheard-of", "scope", "/")),
            Map.entry("POST /api/v1/backends", () -> town("Bremen")),
            Map.entry("PUT /api/v1/backends/{id}", () -> town("Hamburg")),
            Map.entry("POST /api/v1/instances", () -> greeter(id("backends"), "VM")),
            Map.entry("POST /api/v1/groups", () -> Map.of("name", "example-" + ++count)),
            Map.entry("PUT /api/v1/groups/{id}", () -> Map.of("name", "example-" + ++count)),
            Map.entry("POST /api/v1/projects", () -> Map.of("name", "example-" + ++count)),
            Map.entry("PUT /api/v1/projects/{id}", () -> Map.of("name", "example-" + ++count)),
            Map.entry("POST /api/v1/roles", this::role),
            Map.entry("PUT /api/v1/roles/{id}", this::role),
            Map.entry("PATCH /api/v1/instances/{id}", () -> Map.of("projectId", id("projects"))));

    /**
     * @param ada an administrator, who makes what is needed
     * @param plugin the id of one without any routes
     */
    ExampleRequests(Client ada, String plugin) {
        this.ada = ada;
        this.plugin = plugin;
    }

    /** The route's path with what is there in place of its parameters; several where several words are possible. */
    List<String> paths(Route route) {
        // All of it, so that no list is empty for who may see what is in it.
        makers.keySet().forEach(this::id);
        Matcher parameter = ID.matcher(route.path());
        String session = route.path().contains(SESSIONS) ? userSession() : "";
        String path = parameter
                .replaceAll(found -> found.group(1) + "/" + id(found.group(1)))
                .replace(SESSION, session)
                .replace("{userId}", id("users"))
                .replace("{principal}", "user:" + id("users"));
        String query = route.kind().equals("SSE") && path.endsWith("/logs") ? "?follow=true" : "";
        List<String> paths = path.contains(ACTION)
                ? ACTIONS.stream().map(action -> path.replace(ACTION, action)).toList()
                : List.of(path + query);
        assertThat(paths).as("knows what to put in place of each parameter").noneMatch(each -> each.contains("{"));
        return paths;
    }

    /** The request itself, of an address that was made for the route. */
    HttpRequest.Builder request(Route route, String path, Client client) {
        String name = route.method() + " " + route.path();
        boolean jar = name.equals("POST /api/v1/plugins") || name.equals("PUT /api/v1/plugins/{id}");
        boolean body = List.of("POST", "PUT", "PATCH").contains(route.method());
        BodyPublisher content = !body
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(
                        jar
                                ? "no jar"
                                : Answer.text(bodies.getOrDefault(name, Map::of).get()));
        HttpRequest.Builder request = client.request(path)
                .method(route.method(), content)
                .header("Accept", route.kind().equals("SSE") ? "text/event-stream" : "*/*");
        if (body) {
            request.header("Content-Type", jar ? "application/java-archive" : "application/json");
        }
        // Of no version that there ever was.
        return route.method().equals("PUT") ? request.header("If-Match", "\"0\"") : request;
    }

    /** What the route's path names has been taken away, with what hung on it. */
    void forget(Route route) {
        Matcher noun = ID.matcher(route.path());
        if (noun.find()) {
            made.remove(noun.group(1));
            made.keySet().removeAll(DEPENDENTS.getOrDefault(noun.group(1), Set.of()));
        }
    }

    /** Lets something happen that is told to who may see it. */
    void stir() {
        instance();
    }

    private String id(String noun) {
        String known = made.get(noun);
        if (known == null) {
            assertThat(makers).as("knows an example of each noun").containsKey(noun);
            known = makers.get(noun).get();
            made.put(noun, known);
        }
        return known;
    }

    private String user() {
        return made("/api/v1/users", Map.of("username", "example-" + ++count, "password", Client.PASSWORD));
    }

    private String backend() {
        String id = made("/api/v1/backends", town("Hamburg"));
        Hosting.awaitHealth(ada, id, "UP");
        return id;
    }

    private Map<String, Object> town(String town) {
        return Map.of("provider", "hello", "name", "example-" + ++count, "config", Map.of("town", town));
    }

    private String instance() {
        Answer accepted = ada.post("/api/v1/instances", greeter(id("backends"), "GREETER"));
        made.put("operations", accepted.get("id"));
        return ada.succeed(accepted).path("instanceId").asText();
    }

    private Map<String, Object> greeter(String backend, String kind) {
        return Map.of("backendId", backend, "name", "example-" + ++count, "kind", kind, "template", "friendly");
    }

    private String operation() {
        made.put("instances", instance());
        return made.get("operations");
    }

    private String channel() {
        return made("/api/v1/alert-channels", pigeonhole());
    }

    /** A name that resolves to nothing, so that a test of the channel reaches nobody. */
    private static Map<String, Object> pigeonhole() {
        return Map.of(
                "name",
                "ops",
                "type",
                "webhook",
                "url",
                "https://hook.invalid/alerts",
                "events",
                List.of("audit-tampering"));
    }

    private String binding() {
        return made(
                "/api/v1/role-bindings",
                Map.of("principal", "user:" + id("users"), "roleId", "readonly", "scope", "/"));
    }

    /** One of another user than those who ask. */
    private String session() {
        ada.signIn(Client.ADMIN, Client.PASSWORD);
        return ada.items("/api/v1/auth/sessions").stream()
                .filter(session -> !session.path("current").asBoolean())
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    /** Of the user who stands for {@code {id}}: a new one, if that one has none. */
    private String userSession() {
        if (ada.items(USERS + "/" + id("users") + "/sessions").isEmpty()) {
            made.put("users", user());
            ada.signIn("example-" + count, Client.PASSWORD);
        }
        return ada.items(USERS + "/" + id("users") + "/sessions")
                .get(0)
                .path("id")
                .asText();
    }

    /** One of another user than those who ask. */
    private String apiToken() {
        return made("/api/v1/api-tokens", Map.of("name", "example-" + ++count));
    }

    /** With a member. */
    private String group() {
        return made("/api/v1/groups", Map.of("name", "example-" + ++count, "members", List.of(id("users"))));
    }

    /** With a member. */
    private String project() {
        String id = made("/api/v1/projects", Map.of("name", "example-" + ++count));
        made(
                "/api/v1/role-bindings",
                Map.of("principal", "user:" + id("users"), "roleId", "readonly", "scope", "/projects/" + id));
        return id;
    }

    private Map<String, Object> role() {
        return Map.of("name", "example-" + ++count, "permissions", List.of("instance:read"));
    }

    private String plugin() {
        return plugin;
    }

    private String made(String path, Map<String, Object> body) {
        Answer answer = ada.post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.get("id");
    }
}
