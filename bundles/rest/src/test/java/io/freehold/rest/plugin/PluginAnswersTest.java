package io.freehold.rest.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.security.Permissions;
import io.freehold.rest.memory.Memory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceRegistration;

/** How requests to plugins are answered. */
class PluginAnswersTest extends MountsHome {
    @Test
    void onlyWhoHoldsThePermissionEverywhereIsAnswered() throws Exception {
        bring(new PluginResources.Greeting());
        assertThat(status(BASE + "greeting", "no-token")).isEqualTo(401);
        assertThat(status(BASE + "greeting", Memory.NOBODY)).isEqualTo(403);
        home.memory().security.change(Memory.NOBODY, Set.of(Permissions.INSTANCE_READ));
        assertThat(status(BASE + "greeting", Memory.NOBODY)).isEqualTo(200);
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

    @Test
    void headAndOptionsAreAnsweredToWhoeverMayKnow() throws Exception {
        bring(new PluginResources.Greeting());
        HttpResponse<String> head =
                send(home.request(BASE + "greeting", Memory.ADMIN).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(send(home.request(BASE + "greeting", Memory.NOBODY).method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> options =
                send(home.request(BASE + "greeting", Memory.NOBODY).method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.headers().firstValue("Allow").orElse("")).contains("GET", "HEAD", "POST", "OPTIONS");
        assertThat(send(home.request(BASE + "greeting", "no-token").method("OPTIONS", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(home.request(BASE + "greeting", Memory.ADMIN).DELETE()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void cve_2024_42468_nothingOfThePluginRunsForWhoIsNotLetIn() throws Exception {
        PluginResources.Greedy greedy = new PluginResources.Greedy();
        bring(greedy);
        assertThat(status(BASE + "x", "no-token")).isEqualTo(401);
        assertThat(status(BASE + "x", Memory.NOBODY)).isEqualTo(403);
        assertThat(greedy.asked).hasValue(0);
    }

    @Test
    void cve_2024_42469_nothingIsWrittenForWhoIsNotLetInWhereverThePathLeads() throws Exception {
        PluginResources.Greedy greedy = new PluginResources.Greedy();
        bring(greedy);
        for (String path : List.of("x", "%2e%2e/x", "..%2f..%2fx", "../x", "x/%2e%2e/%2e%2e/y", "x;y=../z")) {
            for (String caller : List.of("no-token", Memory.NOBODY)) {
                int status = send(home.request(BASE + path, caller).POST(BodyPublishers.ofString("written")))
                        .statusCode();
                assertThat(status).as(path).isBetween(400, 499);
            }
        }
        assertThat(greedy.asked).hasValue(0);
    }

    @Test
    void aFaultOfThePluginIsAProblemThatNamesNoClass() throws Exception {
        bring(new PluginResources.Counter());
        HttpResponse<String> answer =
                send(home.request(BASE + "counter/fault", Memory.ADMIN).POST(BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body())
                .contains("\"code\":\"INTERNAL\"", "requestId")
                .doesNotContain("IllegalState", "secret", "io.freehold");
    }

    @Test
    void answersLargerThanWhatIsCollectedArriveWhole() throws Exception {
        bring(new PluginResources.Large());
        for (String how : List.of("bytes", "stream")) {
            byte[] answer = home.client()
                    .send(home.request(BASE + "large/" + how, Memory.ADMIN).build(), BodyHandlers.ofByteArray())
                    .body();
            assertThat(answer).as(how).hasSize(PluginResources.Large.SIZE);
        }
    }

    @Test
    void aPluginMakesItsJsonItselfOrHasItMade() throws Exception {
        bring(new PluginResources.Own());
        HttpResponse<String> own = get(BASE + "own");
        assertThat(own.body()).isEqualTo("{\"number\":1,\"body\":\"mine\"}");
        assertThat(own.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(get(BASE + "own/plain").body()).isEqualTo("{\"number\":2,\"body\":\"theirs\"}");
    }

    private HttpResponse<byte[]> add(String how, String key, String body) throws Exception {
        return home.client()
                .send(
                        home.request(BASE + "counter/" + how, Memory.ADMIN)
                                .header("Idempotency-Key", key)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "text", "bytes", "stream", "nothing", "elsewhere", "events", "later"})
    void aRepeatedRequestToAPluginTakesEffectOnce(String how) throws Exception {
        PluginResources.Counter counter = new PluginResources.Counter();
        bring(counter);
        HttpResponse<byte[]> first = add(how, "k", "a");
        HttpResponse<byte[]> second = add(how, "k", "a");
        assertThat(first.statusCode()).isLessThan(400);
        assertThat(second.statusCode()).isEqualTo(first.statusCode());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(second.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(counter.count).hasValue(1);
        assertThat(code(add(how, "k", "b"))).contains("IDEMPOTENCY_KEY_REUSED");
        add(how, "another", "a");
        assertThat(counter.count).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"large", "fault"})
    void whatBecameOfARequestWhoseAnswerCannotBeKeptStaysUnknown(String how) throws Exception {
        PluginResources.Counter counter = new PluginResources.Counter();
        bring(counter);
        add(how, "k", "a");
        HttpResponse<byte[]> second = add(how, "k", "a");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(code(second)).contains("IDEMPOTENCY_OUTCOME_UNKNOWN");
        assertThat(counter.count).hasValue(1);
    }

    @Test
    void whatAPluginRefusesMayBeTriedAgain() throws Exception {
        PluginResources.Counter counter = new PluginResources.Counter();
        bring(counter);
        assertThat(add("refused", "k", "a").statusCode()).isEqualTo(422);
        assertThat(add("refused", "k", "a").statusCode()).isEqualTo(422);
        assertThat(counter.count).hasValue(2);
    }

    private static String code(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
