package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a request of any route. What its path names is there, of one owner, made anew when a request took it away; what
 * it sends is well-formed but leads to nothing, so that who may do it is told what is wrong and who may not is not.
 */
final class ExampleRequests {
    private static final Pattern ID = Pattern.compile("([^/]+)/\\{id}");
    private static final Pattern LIST = Pattern.compile("GET REST /api/v1/(?:auth/)?([a-z-]+)");
    private static final String ACTION = "{action}";
    private static final String SESSIONS = "users/{id}/sessions";
    /** A session of the user before it. */
    private static final String SESSION = "{session}";

    private static final List<String> ACTIONS = List.of("start", "stop", "restart", "kill", "pause", "resume");

    /** What belongs to somebody; the rest is the installation's. */
    private static final Set<String> OWNED = Set.of(
            "instances",
            "operations",
            "backends",
            "projects",
            "role-bindings",
            "admission-policies",
            "users",
            "groups",
            "sessions",
            "api-tokens");

    /** Routes whose body says whose thing it is about. */
    private static final Set<String> NAMED_IN_BODY =
            Set.of("POST /api/v1/auth/tickets", "POST /api/v1/instances", "POST /api/v1/role-bindings");

    /** Nobody signs in as that user any more. */
    private static final Set<String> SPOILING = Set.of("/disable", "/password-reset");

    private final Examples examples;
    /** Whose instances are to be. */
    private final Owner target;

    /** What is sent where an empty object says too little to get as far as the last check. */
    private final Map<String, Supplier<Map<String, Object>>> bodies = Map.ofEntries(
            Map.entry(
                    "POST /api/v1/auth/tickets",
                    () -> Map.of("path", "/api/v1/instances/" + id("instances") + "/console")),
            Map.entry("POST /api/v1/users", () -> Map.of("username", "somebody", "password", "short")),
            Map.entry("PUT /api/v1/users/{id}", () -> Map.of("email", "somebody@example.org")),
            Map.entry("POST /api/v1/alert-channels", () -> examples().pigeonhole()),
            Map.entry("PUT /api/v1/alert-channels/{id}", () -> examples().pigeonhole()),
            Map.entry(
                    "POST /api/v1/role-bindings",
                    () -> Map.of(
                            "principal",
                            "user:" + id("users"),
                            "roleId",
                            "unheard-of",
                            "scope",
                            examples().owner().scope())),
            Map.entry("POST /api/v1/backends", () -> examples().town("Bremen")),
            Map.entry("PUT /api/v1/backends/{id}", () -> examples().town("Hamburg")),
            Map.entry("POST /api/v1/instances", () -> examples().greeter("VM")),
            Map.entry("POST /api/v1/groups", this::named),
            Map.entry("PUT /api/v1/groups/{id}", this::named),
            Map.entry("POST /api/v1/projects", this::named),
            Map.entry("PUT /api/v1/projects/{id}", this::named),
            Map.entry("POST /api/v1/roles", this::role),
            Map.entry("PUT /api/v1/roles/{id}", this::role),
            Map.entry("PATCH /api/v1/instances/{id}", this::moved));

    ExampleRequests(Examples examples) {
        this(examples, examples.owner());
    }

    private ExampleRequests(Examples examples, Owner target) {
        this.examples = examples;
        this.target = target;
    }

    /** The same, but what is moved is to belong to another owner. */
    ExampleRequests to(ExampleRequests other) {
        return new ExampleRequests(examples, other.examples.owner());
    }

    Examples examples() {
        return examples;
    }

    /** Whether it makes a difference whose thing is asked for. */
    static boolean depends(Route route) {
        Matcher noun = ID.matcher(route.path());
        return (noun.find() && OWNED.contains(noun.group(1)))
                || listed(route).isPresent()
                || route.path().equals("/api/v1/events")
                || NAMED_IN_BODY.contains(route.method() + " " + route.path());
    }

    /** The noun of which the route answers a list, if what is in it belongs to somebody. */
    static Optional<String> listed(Route route) {
        Matcher list = LIST.matcher(route.method() + " " + route.kind() + " " + route.path());
        return list.matches() ? Optional.of(list.group(1)).filter(OWNED::contains) : Optional.empty();
    }

    /** The route's path with what is there in place of its parameters; several where several words are possible. */
    List<String> paths(Route route) {
        // All of it, so that no list is empty for who may see what is in it.
        examples.all();
        Matcher parameter = ID.matcher(route.path());
        String session = route.path().contains(SESSIONS) ? examples.userSession() : "";
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

    /** Whether what the route's path names is of no use to others once the request was let through. */
    boolean spoils(Route route) {
        return route.method().equals("DELETE") || SPOILING.stream().anyMatch(route.path()::endsWith);
    }

    /** What the route's path names has been taken away. */
    void forget(Route route) {
        Matcher noun = ID.matcher(route.path());
        if (noun.find()) {
            examples.forget(noun.group(1));
        }
    }

    private String id(String noun) {
        return examples.id(noun);
    }

    private Map<String, Object> named() {
        return Map.of("name", examples.name());
    }

    private Map<String, Object> moved() {
        Map<String, Object> moved = new HashMap<>();
        moved.put("projectId", target.project());
        return moved;
    }

    private Map<String, Object> role() {
        return Map.of("name", examples.name(), "permissions", List.of("instance:read"));
    }
}
