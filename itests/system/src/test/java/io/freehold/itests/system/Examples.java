package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** One thing of each sort that a route can name, all of one owner; made when it is asked for, anew when it was taken away. */
final class Examples {
    /** What instances are on: a backend that nothing is done with, and where no role is bound. */
    static final String HOSTS = "hosts";

    private static final String USERS = "/api/v1/users";
    private static final Map<String, Set<String>> DEPENDENTS = Map.of(
            "users", Set.of("role-bindings", "groups"),
            "projects", Set.of("role-bindings"),
            "instances", Set.of("operations"));

    private final Client ada;
    private final String plugin;
    private final Owner owner;
    private final Map<String, String> made = new HashMap<>();
    private String username = "";
    private int count;

    /** What can stand for {@code {id}}, by the noun before it. */
    private final Map<String, Supplier<String>> makers = Map.ofEntries(
            Map.entry(HOSTS, this::host),
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
            Map.entry("admission-policies", this::policy));

    /**
     * @param ada an administrator, who makes what is needed
     * @param plugin the id of one without any routes
     */
    Examples(Client ada, String plugin, Owner owner) {
        this.ada = ada;
        this.plugin = plugin;
        this.owner = owner;
    }

    Owner owner() {
        return owner;
    }

    /** All that there is now, by its noun. */
    Map<String, String> all() {
        // Making one may take another away.
        while (!made.keySet().containsAll(makers.keySet())) {
            makers.keySet().forEach(this::id);
        }
        return made;
    }

    String id(String noun) {
        String known = made.get(noun);
        if (known == null) {
            assertThat(makers).as("knows an example of each noun").containsKey(noun);
            known = makers.get(noun).get();
            made.put(noun, known);
        }
        return known;
    }

    /** It has been taken away, with what hung on it. */
    void forget(String noun) {
        made.remove(noun);
        made.keySet().removeAll(DEPENDENTS.getOrDefault(noun, Set.of()));
    }

    /** A name that nothing has. */
    String name() {
        return owner.name() + "-" + ++count;
    }

    /** Makes another instance: something happens that is told to who may see it. */
    String instance() {
        Answer accepted = ada.post("/api/v1/instances", greeter("GREETER"));
        made.put("operations", accepted.get("id"));
        return ada.succeed(accepted).path("instanceId").asText();
    }

    /** An instance of the owner's. */
    Map<String, Object> greeter(String kind) {
        Map<String, Object> greeter =
                new HashMap<>(Map.of("backendId", id(HOSTS), "name", name(), "kind", kind, "template", "friendly"));
        if (owner.project() != null) {
            greeter.put("projectId", owner.project());
        }
        return greeter;
    }

    Map<String, Object> town(String town) {
        return Map.of("provider", "hello", "name", name(), "config", Map.of("town", town));
    }

    /** A name that resolves to nothing, so that a test of the channel reaches nobody. */
    Map<String, Object> pigeonhole() {
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

    /** Of the user who stands for {@code {id}}. */
    String userSession() {
        if (ada.items(USERS + "/" + id("users") + "/sessions").isEmpty()) {
            ada.signIn(username, Client.PASSWORD);
        }
        return ada.items(USERS + "/" + id("users") + "/sessions")
                .get(0)
                .path("id")
                .asText();
    }

    private String user() {
        username = name();
        return made(USERS, Map.of("username", username, "password", Client.PASSWORD));
    }

    private String host() {
        String id = made("/api/v1/backends", town("Hamburg"));
        Hosting.awaitHealth(ada, id, "UP");
        return id;
    }

    private String backend() {
        String id = host();
        owner.bind(ada, "/backends/" + id);
        return id;
    }

    private String operation() {
        made.put("instances", instance());
        return made.get("operations");
    }

    private String channel() {
        return made("/api/v1/alert-channels", pigeonhole());
    }

    private String binding() {
        String team = made("/api/v1/groups", Map.of("name", name()));
        return made(
                "/api/v1/role-bindings",
                Map.of("principal", "group:" + team, "roleId", "readonly", "scope", owner.scope()));
    }

    /** Another one than who asks asks by. */
    private String session() {
        Owner.Member member = owner.member();
        Client client = member == null ? ada : member.client();
        ada.signIn(member == null ? Client.ADMIN : member.username(), Client.PASSWORD);
        return client.items("/api/v1/auth/sessions").stream()
                .filter(session -> !session.path("current").asBoolean())
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    private String apiToken() {
        Client client = owner.member() == null ? ada : owner.member().client();
        return made(client, "/api/v1/api-tokens", Map.of("name", name()));
    }

    /** With a member. */
    private String group() {
        return made("/api/v1/groups", Map.of("name", name(), "members", List.of(id("users"))));
    }

    /** The owner's, or one that is nobody's; with a new member. */
    private String project() {
        String id = owner.project() == null ? made("/api/v1/projects", Map.of("name", name())) : owner.project();
        String member = user();
        made.put("users", member);
        made(
                "/api/v1/role-bindings",
                Map.of("principal", "user:" + member, "roleId", "user", "scope", "/projects/" + id));
        return id;
    }

    private String policy() {
        return owner.project() == null ? "global" : "project:" + owner.project();
    }

    private String plugin() {
        return plugin;
    }

    private String made(String path, Map<String, Object> body) {
        return made(ada, path, body);
    }

    private static String made(Client client, String path, Map<String, Object> body) {
        Answer answer = client.post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.get("id");
    }
}
