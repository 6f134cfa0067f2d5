package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.itests.system.AuthorizationTable.Measured;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route of a running Freehold, asked by every sort of caller, against a table. */
class AuthorizationTableTest {
    private static final String TABLE = "/authorization.txt";
    private static final String QUIET = "org.example.quiet";
    private static final String OPEN = "org.example.open";

    @TempDir
    static Path folder;

    private static Freehold freehold;
    private static Client ada;
    private static List<Route> routes;

    @BeforeAll
    static void start() throws IOException {
        Path example = PluginCyclesTest.example();
        Path deploy = Files.createDirectory(folder.resolve("deploy"));
        Files.copy(example, deploy.resolve("hello.jar"));
        Files.write(
                deploy.resolve("quiet.jar"),
                TestPlugin.empty(QUIET, "1.0.0").entry("greeting.txt", "Hello.").bytes());
        Files.write(
                deploy.resolve("open.jar"),
                TestPlugin.resource(OPEN, "1.0.0", "OpenGreetings")
                        .header("Provide-Capability", "io.freehold.permission;permission=\"open:greet\"")
                        .bytes());
        freehold = new Freehold(folder.resolve("data"))
                .with("FREEHOLD_DEPLOY_FOLDER", deploy.toString())
                .start();
        ada = freehold.setUp();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(ada.get("/api/v1/plugins/" + QUIET).status()).isEqualTo(200);
            assertThat(ada.get("/api/v1/plugins/" + OPEN).text()).contains("has no @RequiresPermission");
            assertThat(ada.get("/api/v1/plugins/provider-hello/greetings").status())
                    .isEqualTo(200);
            assertThat(ada.get("/api/v1/providers").text()).contains("\"hello\"");
        });
        routes = Route.of(freehold);
    }

    @AfterAll
    static void stop() {
        if (freehold != null) {
            freehold.close();
        }
    }

    @Test
    void everyCallerGetsAtEveryRouteWhatTheTableSays() throws Exception {
        Map<String, Client> callers = callers();
        Map<String, Owner> members = members();
        ExampleRequests nobodys = requests(Owner.nobody());
        ExampleRequests others = requests(Owner.other(ada));
        Map<String, List<ExampleRequests>> asked = new LinkedHashMap<>();
        members.forEach((name, owner) -> asked.put(name, List.of(requests(owner), others, nobodys)));
        Map<Route, Map<String, String>> outcomes = new LinkedHashMap<>();
        routes.forEach(route -> outcomes.put(route, new LinkedHashMap<>()));
        // Who has signed out asks nothing more.
        List<Route> order = routes.stream()
                .sorted(Comparator.comparing(route -> route.path().endsWith("/logout")))
                .toList();
        for (Route route : order) {
            for (Map.Entry<String, Client> caller : callers.entrySet()) {
                outcomes.get(route).put(caller.getKey(), Probe.ask(route, nobodys, caller.getValue()));
            }
            for (Map.Entry<String, Owner> member : members.entrySet()) {
                Client client = member.getValue().member().client();
                outcomes.get(route).put(member.getKey(), Probe.askForEach(route, asked.get(member.getKey()), client));
            }
        }
        List<Measured> measured = outcomes.entrySet().stream()
                .map(each -> new Measured(each.getKey(), each.getValue()))
                .toList();

        assertThat(table().differences(measured)).isEmpty();
    }

    @Test
    void theOpenApiDocumentDescribesWhatIsServedAndNothingElse() {
        Set<String> described = new TreeSet<>();
        JsonNode document = ada.get("/api/v1/openapi.json").json();
        document.get("paths").properties().forEach(path -> {
            String base = path.getValue().at("/servers/0/url").asText("/api/v1");
            path.getValue().properties().stream()
                    .filter(operation -> operation.getValue().has("responses"))
                    .forEach(operation -> described.add(operation.getKey().toUpperCase(Locale.ROOT) + " "
                            + (base.equals("/") ? "" : base)
                            + path.getKey()));
        });
        assertThat(described)
                .isEqualTo(routes.stream()
                        .map(route -> route.method() + " " + route.path())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void nothingButTheOpenRoutesIsAnsweredWithoutACredential() {
        Client anonymous = freehold.anonymous();
        Set<String> open = routes.stream()
                .filter(Route::open)
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toSet());
        Set<String> paths = routes.stream()
                .filter(route -> !route.kind().equals("HANDLER"))
                .map(Route::path)
                .collect(Collectors.toSet());
        List<String> answered = new ArrayList<>();
        for (String path : paths) {
            for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
                String route = method + " " + path;
                if (!open.contains(route.replace("HEAD ", "GET "))) {
                    int status = anonymous
                            .send(anonymous
                                    .request(path.replaceAll("\\{[^}]*}", "x"))
                                    .method(method, BodyPublishers.noBody()))
                            .status();
                    if (status != 401) {
                        answered.add(route + " " + status);
                    }
                }
            }
        }
        assertThat(paths).hasSizeGreaterThan(20);
        assertThat(answered).isEmpty();
    }

    @Test
    void aPluginWithAMethodThatIsOpenToAnybodyServesNothing() {
        assertThat(routes).extracting(Route::plugin).contains("provider-hello").doesNotContain(OPEN);
        assertThat(ada.get("/api/v1/plugins/" + OPEN + "/greeting").status()).isEqualTo(404);
    }

    private static AuthorizationTable table() throws IOException {
        try (InputStream in = AuthorizationTableTest.class.getResourceAsStream(TABLE)) {
            return AuthorizationTable.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static ExampleRequests requests(Owner owner) {
        return new ExampleRequests(new Examples(ada, QUIET, owner));
    }

    /** For each role somebody who holds it in a project of their own. */
    private static Map<String, Owner> members() {
        Map<String, Owner> members = new LinkedHashMap<>();
        for (String name : AuthorizationTable.MEMBERS) {
            members.put(name, Owner.of(ada, freehold, name.substring(1)));
        }
        return members;
    }

    /** Somebody of each sort. */
    private static Map<String, Client> callers() {
        Map<String, Client> callers = new LinkedHashMap<>();
        for (String name : AuthorizationTable.CALLERS) {
            callers.put(
                    name,
                    switch (name) {
                        case "anonymous" -> freehold.anonymous();
                        case "nobody" -> caller(name, null);
                        default -> caller(name, name);
                    });
        }
        return callers;
    }

    private static Client caller(String name, String role) {
        Answer user = ada.post("/api/v1/users", Map.of("username", "the-" + name, "password", Client.PASSWORD));
        assertThat(user.status()).as(user.text()).isEqualTo(201);
        if (role != null) {
            Answer binding = ada.post(
                    "/api/v1/role-bindings",
                    Map.of("principal", "user:" + user.get("id"), "roleId", role, "scope", "/"));
            assertThat(binding.status()).as(binding.text()).isEqualTo(201);
        }
        return freehold.anonymous().signIn("the-" + name, Client.PASSWORD);
    }
}
