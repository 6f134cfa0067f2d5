package io.freehold.rest.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.security.Permission;
import io.freehold.rest.http.ApiEndpoint;
import io.freehold.rest.http.Route;
import io.freehold.rest.memory.Memory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;

/** What is mounted and what is not. */
class PluginMountsTest extends MountsHome {
    @Test
    void aResourceIsServedFromItsComingToItsGoing() throws Exception {
        assertThat(status(BASE + "greeting", Memory.ADMIN)).isEqualTo(404);
        ServiceRegistration<?> brought = bring(new PluginResources.Greeting());
        assertThat(home.client()
                        .send(home.request(BASE + "greeting", Memory.ADMIN).build(), BodyHandlers.ofString())
                        .body())
                .isEqualTo("{\"greeting\":\"Hello, ada\"}");
        assertThat(home.client()
                        .send(
                                home.request(BASE + "greeting", Memory.ADMIN)
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString("{\"a\":\"b\"}"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body())
                .isEqualTo("{\"a\":\"b\"}");
        assertThat(status(BASE + "nothing", Memory.ADMIN)).isEqualTo(404);
        assertThat(status(BASE, Memory.ADMIN)).isEqualTo(404);
        assertThat(problems()).isEmpty();
        brought.unregister();
        assertThat(status(BASE + "greeting", Memory.ADMIN)).isEqualTo(404);
    }

    @Test
    void whatTheApiDoesWithAPluginItAnswersItself() throws Exception {
        bring(new PluginResources.Greeting());
        for (String action : List.of("enable", "disable", "rollback")) {
            String answer = home.client()
                    .send(
                            home.request(BASE + action, Memory.ADMIN)
                                    .POST(BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            assertThat(answer).contains("No such plugin");
        }
    }

    @Test
    void cve_2024_42470_whatIsNoProperResourceIsNotServedAtAllAndSaysWhy() throws Exception {
        bring(new PluginResources.Greeting());
        for (Map.Entry<Object, String> each : Map.<Object, String>of(
                        new PluginResources.Open(), "Open.greet has no @RequiresPermission",
                        new PluginResources.Locating(), "Locating.go hands over to another resource",
                        new PluginResources.Posing(), "'enable', which is not a plugin's to have",
                        new PluginResources.Odd(), "'everything', which is not of the form resource:verb",
                        new PluginResources.Mapping(), "Mapping is a ExceptionMapper too",
                        new PluginResources.Special(), "@DeclaresPermission(\"special:read\")",
                        new Object(), "has no @Path")
                .entrySet()) {
            ServiceRegistration<?> brought = bring(each.getKey());
            assertThat(problems()).anySatisfy(problem -> assertThat(problem).contains(each.getValue()));
            assertThat(status(BASE + "greeting", Memory.ADMIN)).isEqualTo(404);
            brought.unregister();
            assertThat(problems()).isEmpty();
            assertThat(status(BASE + "greeting", Memory.ADMIN)).isEqualTo(200);
        }
        bring(new Object(), "osgi.jakartars.extension");
        assertThat(problems()).anySatisfy(problem -> assertThat(problem).contains("plugins bring resources alone"));
    }

    @Test
    void whatIsServedIsListedWithItsPermission() {
        assertThat(routes()).isEmpty();
        bring(new PluginResources.Greeting());
        ServiceRegistration<?> events = bring(new PluginResources.Events());
        String plugin = "org.apache.felix.framework";
        assertThat(routes())
                .containsExactly(
                        new Route(Route.Kind.SSE, "GET", BASE + "events", false, "instance:read", plugin),
                        new Route(Route.Kind.REST, "GET", BASE + "greeting", false, "instance:read", plugin),
                        new Route(Route.Kind.REST, "POST", BASE + "greeting", false, "instance:create", plugin));
        events.unregister();
        assertThat(routes()).hasSize(2);
        bring(new PluginResources.Open());
        assertThat(routes()).isEmpty();
    }

    private List<Route> routes() {
        return Objects.requireNonNull(context.getService(context.getServiceReference(ApiEndpoint.class)))
                .routes()
                .stream()
                .filter(route -> route.plugin() != null)
                .toList();
    }

    @Test
    void noTemplateTakesWhatTheApiAnswersItselfOrWhatIsElsewhere() throws Exception {
        PluginResources.Greedy greedy = new PluginResources.Greedy();
        bring(greedy);
        assertThat(problems()).isEmpty();
        assertThat(get(BASE + "x/y").body()).isEqualTo("greedy");
        assertThat(get(BASE + "enabled").body()).isEqualTo("greedy");
        int asked = greedy.asked.get();
        for (String path : List.of(
                "enable",
                "disable/",
                "rollback;a=b",
                "%65nable",
                "enable/more",
                "/enable",
                "",
                "../../users",
                "%2e%2e/x",
                "x/../enable",
                "./enable",
                "..;/x")) {
            HttpResponse<String> answer =
                    send(home.request(BASE + path, Memory.ADMIN).POST(BodyPublishers.noBody()));
            assertThat(answer.body()).as(path).doesNotContain("greedy");
            assertThat(answer.statusCode()).as(path).isBetween(400, 499);
        }
        assertThat(greedy.asked).hasValue(asked);
    }

    private Bundle install(String id, String more) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            jar.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            jar.write(("Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: " + id + "\n" + more)
                    .getBytes(StandardCharsets.UTF_8));
        }
        Bundle bundle = context.installBundle(id, new ByteArrayInputStream(bytes.toByteArray()));
        bundle.start();
        return bundle;
    }

    @Test
    void aPermissionMayBeDeclaredByThePluginItselfOrByAnother() throws Exception {
        String declares = "Provide-Capability: io.freehold.permission;permission=\"special:read\"\n";
        Bundle first = install("first", "");
        ServiceRegistration<?> brought = bring(first, new PluginResources.Special());
        assertThat(problems(first)).singleElement().asString().contains("Special.get requires 'special:read'");
        assertThat(status("/api/v1/plugins/first/special", Memory.ADMIN)).isEqualTo(404);
        brought.unregister();
        bring(install("second", declares), new PluginResources.Special());
        home.memory().security.change(Memory.ADMIN, Set.of(Permission.of("special:read")));
        assertThat(get("/api/v1/plugins/second/special").body()).isEqualTo("special");
        bring(first, new PluginResources.Special());
        assertThat(problems(first)).isEmpty();
        assertThat(get("/api/v1/plugins/first/special").body()).isEqualTo("special");
    }

    @Test
    void nobodyElseDeclaresWhatIsFreeholdsOwn() throws Exception {
        Bundle bold = install("bold", "Provide-Capability: io.freehold.permission;permission=\"instance:own\"\n");
        bring(bold, new PluginResources.Bold());
        assertThat(problems(bold)).singleElement().asString().contains("requires 'instance:own'");
    }

    @Test
    void twoPluginsMayHaveTheSamePath() throws Exception {
        Bundle first = install("first", "");
        Bundle second = install("second", "");
        PluginResources.Greedy other = new PluginResources.Greedy();
        bring(first, new PluginResources.Own());
        bring(second, other);
        assertThat(get("/api/v1/plugins/first/own").body()).contains("mine");
        assertThat(get("/api/v1/plugins/second/own").body()).isEqualTo("greedy");
        first.stop();
        assertThat(status("/api/v1/plugins/first/own", Memory.ADMIN)).isEqualTo(404);
        assertThat(get("/api/v1/plugins/second/own").body()).isEqualTo("greedy");
        assertThat(other.asked).hasValue(2);
    }
}
