package io.freehold.itests.system;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** Asks routes, and says in a word or a letter what came of it. */
final class Probe {
    static final String LET_THROUGH = "ok";
    static final String EMPTY = "empty";
    /** How long after something has happened who may see it has been told, at the latest. */
    private static final Duration TOLD = Duration.ofSeconds(2);

    private static final Set<String> REFUSALS = Set.of("401", "403", "404");

    private Probe() {}

    /** What a caller gets: {@link #LET_THROUGH}, {@link #EMPTY} or a status. */
    static String ask(Route route, ExampleRequests requests, Client client) throws Exception {
        Set<String> outcomes = new TreeSet<>();
        for (String path : requests.paths(route)) {
            outcomes.add(
                    route.kind().equals("WEBSOCKET") ? opened(client, path) : asked(route, requests, path, client));
        }
        return String.join("/", outcomes);
    }

    /**
     * What somebody gets who asks for each of these in turn: a letter for each, or one where it makes no difference.
     *
     * @param all the requests for somebody's own things come first
     */
    static String askForEach(Route route, List<ExampleRequests> all, Client client) throws Exception {
        if (!ExampleRequests.depends(route)) {
            return letter(ask(route, all.get(0), client));
        }
        if (ExampleRequests.listed(route).isPresent()) {
            return listed(route, ExampleRequests.listed(route).get(), all, client);
        }
        if (route.path().equals("/api/v1/events")) {
            return told(route, all, client);
        }
        StringBuilder letters = new StringBuilder();
        for (ExampleRequests each : all) {
            letters.append(
                    route.method().equals("PATCH")
                            ? moved(route, all.get(0), each, client)
                            : letter(ask(route, each, client)));
        }
        return letters.toString();
    }

    /** What is one's own is moved to where that is, and that to one's own; in parentheses, if it makes a difference. */
    private static String moved(Route route, ExampleRequests own, ExampleRequests other, Client client)
            throws Exception {
        String there = letter(ask(route, own.to(other), client));
        String here = letter(ask(route, other.to(own), client));
        return there.equals(here) ? there : "(" + there + here + ")";
    }

    private static String asked(Route route, ExampleRequests requests, String path, Client client) throws Exception {
        HttpResponse<InputStream> response =
                client.http().send(requests.request(route, path, client).build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            boolean stream =
                    response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
            if (stream) {
                return route.path().equals("/api/v1/events") ? heard(requests, body) : LET_THROUGH;
            }
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            if (response.statusCode() < 300 && requests.spoils(route)) {
                requests.forget(route);
            }
            return text.startsWith("{\"items\":[]") ? EMPTY : word(response.statusCode());
        }
    }

    private static String heard(ExampleRequests requests, InputStream body) {
        try (EventStream events = events(body)) {
            requests.examples().instance();
            await().atMost(TOLD).until(() -> !events.events().isEmpty());
            return LET_THROUGH;
        } catch (ConditionTimeoutException e) {
            return EMPTY;
        }
    }

    /** Which are in the list. */
    private static String listed(Route route, String noun, List<ExampleRequests> all, Client client) throws Exception {
        for (ExampleRequests each : all) {
            each.examples().all();
        }
        Answer answer = client.get(route.path() + "?limit=1000");
        if (answer.status() >= 400) {
            return letter(word(answer.status()));
        }
        return all.stream()
                .map(each -> answer.text().contains(each.examples().id(noun)) ? "o" : "n")
                .collect(Collectors.joining());
    }

    /** Of which the stream tells. It tells in order, so who has heard the last has heard all that they will. */
    private static String told(Route route, List<ExampleRequests> all, Client client) throws Exception {
        HttpResponse<InputStream> response = client.http()
                .send(all.get(0).request(route, route.path(), client).build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body();
                EventStream events = events(body)) {
            String[] letters = new String[all.size()];
            Arrays.fill(letters, "n");
            for (int i = all.size() - 1; i >= 0; i--) {
                all.get(i).examples().all();
                String instance = all.get(i).examples().instance();
                if (i == 0 && tells(events, instance, TOLD)) {
                    letters[0] = "o";
                } else if (i > 0) {
                    letters[i] = instance;
                }
            }
            for (int i = 1; i < letters.length; i++) {
                letters[i] = tells(events, letters[i], Duration.ZERO) ? "o" : "n";
            }
            return String.join("", letters);
        }
    }

    private static boolean tells(EventStream events, String instance, Duration patience) {
        if (patience.isZero()) {
            return events.events().stream().anyMatch(event -> event.data().contains(instance));
        }
        try {
            await().atMost(patience).until(() -> tells(events, instance, Duration.ZERO));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private static EventStream events(InputStream body) {
        BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        return new EventStream(reader.lines());
    }

    /** What a handshake is answered with. */
    private static String opened(Client client, String path) throws Exception {
        WebSocket.Builder builder = client.http().newWebSocketBuilder();
        client.request(path).build().headers().map().forEach((name, values) -> builder.header(name, values.get(0)));
        URI address =
                URI.create("ws" + client.address().resolve(path).toString().substring("http".length()));
        try {
            builder.buildAsync(address, new WebSocket.Listener() {})
                    .get(10, TimeUnit.SECONDS)
                    .abort();
            return LET_THROUGH;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return word(refused.getResponse().statusCode());
            }
            throw e;
        }
    }

    /** Refused, in one of the ways of refusing; at fault, which is no answer; or let through. */
    private static String word(int status) {
        String text = Integer.toString(status);
        return REFUSALS.contains(text) || status >= 500 ? text : LET_THROUGH;
    }

    private static String letter(String outcome) {
        return switch (outcome) {
            case LET_THROUGH -> "o";
            case EMPTY -> "e";
            case "403" -> "f";
            case "404" -> "n";
            default -> "(" + outcome + ")";
        };
    }
}
