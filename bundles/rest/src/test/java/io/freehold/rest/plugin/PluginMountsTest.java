package io.freehold.rest.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.plugin.BundleCheck;
import io.freehold.api.security.Permissions;
import io.freehold.rest.ListenerHome;
import io.freehold.rest.http.ApiEndpoint;
import io.freehold.rest.http.Route;
import io.freehold.rest.memory.Memory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** Resources that the framework's own bundle brings stand for those of any plugin. */
class PluginMountsTest {
    private static final String BASE = "/api/v1/plugins/org.apache.felix.framework/";

    @TempDir
    Path folder;

    private ListenerHome home;
    private BundleContext context;

    @BeforeEach
    void start() throws Exception {
        home = new ListenerHome(folder);
        context = home.context();
    }

    @AfterEach
    void stop() throws Exception {
        home.close();
    }

    private ServiceRegistration<?> bring(Object resource, String property) {
        return context.registerService(Object.class, resource, FrameworkUtil.asDictionary(Map.of(property, true)));
    }

    private ServiceRegistration<?> bring(Object resource) {
        return bring(resource, "osgi.jakartars.resource");
    }

    private int status(String path, String token) throws Exception {
        return home.client()
                .send(home.request(path, token).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private List<String> problems() {
        return Objects.requireNonNull(context.getService(context.getServiceReference(BundleCheck.class)))
                .problems(context.getBundle());
    }

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
    void onlyWhoHoldsThePermissionEverywhereIsAnswered() throws Exception {
        bring(new PluginResources.Greeting());
        assertThat(status(BASE + "greeting", "no-token")).isEqualTo(401);
        assertThat(status(BASE + "greeting", Memory.NOBODY)).isEqualTo(403);
        home.memory().security.change(Memory.NOBODY, Set.of(Permissions.INSTANCE_READ));
        assertThat(status(BASE + "greeting", Memory.NOBODY)).isEqualTo(200);
    }

    @Test
    void whatIsNoProperResourceIsNotServedAtAllAndSaysWhy() throws Exception {
        bring(new PluginResources.Greeting());
        for (Map.Entry<Object, String> each : Map.<Object, String>of(
                        new PluginResources.Open(), "Open.greet has no @RequiresPermission",
                        new PluginResources.Locating(), "Locating.go hands over to another resource",
                        new PluginResources.Posing(), "'enable', which is not a plugin's to have",
                        new PluginResources.Odd(), "'everything', which is not of the form resource:verb",
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
    void anEventStreamIsToldThatItEndsAndIsCutOffAfterAWhile() throws Exception {
        PluginResources.Events events = new PluginResources.Events();
        ServiceRegistration<?> brought = bring(events);
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                home.client()
                        .send(home.request(BASE + "events", Memory.ADMIN).build(), BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8))) {
            lines.add(reader.readLine());
            Thread going = new Thread(brought::unregister);
            going.start();
            try {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                lines.add("cut off");
            }
            going.join();
        }
        assertThat(lines).startsWith("data: 1", "", "event: end", "data: {\"reason\":\"gone\"}", "");
        assertThat(events.interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(5)).until(() -> status(BASE + "events", Memory.ADMIN) == 404);
        assertThat(status("/healthz", Memory.ADMIN)).isEqualTo(200);
    }
}
