package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is secret is found nowhere: no file of the data folder, no log, no answer, no command line. */
class CanaryTest {
    private static final int CANARIES = 50;

    /** A name that is no secret: that it is found shows that the search finds what is there. */
    private static final String OPEN = "canary-in-the-open";

    private static final Set<String> LISTS = Set.of(
            "users", "backends", "auth/sessions", "api-tokens", "audit", "operations", "role-bindings", "plugins");

    @TempDir
    Path folder;

    private Freehold freehold;
    private Client admin;

    /** The secrets by what they are. */
    private final Map<String, String> secrets = new TreeMap<>();

    @BeforeEach
    void start() {
        // The finest log: what is not in it is in none.
        freehold = new Freehold(folder.resolve("data"))
                .with("FREEHOLD_LOG_LEVEL", "trace")
                .start();
        secrets.put("setup token", freehold.setupToken());
        secrets.put("no secret", OPEN);
        admin = freehold.setUp();
    }

    @AfterEach
    void stop() {
        freehold.close();
    }

    @Test
    void noSecretOfAnyKindIsInAFileALogAnAnswerOrACommandLine() throws Exception {
        String password = secret("password", "canary-password-of-grace-7741");
        String wrong = secret("wrong password", "canary-wrong-password-of-grace-7742");
        String next = secret("new password", "canary-next-password-of-grace-7743");
        String key = secret("backend's key", "canary-backend-key-7744");
        admin.post("/api/v1/users", Map.of("username", OPEN, "password", password));
        Answer refused = freehold.anonymous().post("/api/v1/auth/login", Map.of("username", OPEN, "password", wrong));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text()).doesNotContain(wrong);

        Answer tokens = freehold.anonymous().post("/api/v1/auth/login", Map.of("username", OPEN, "password", password));
        secret("access token", tokens.get("accessToken"));
        secret("refresh token", tokens.get("refreshToken"));
        Client grace = new Client(freehold.address(), tokens.get("accessToken"));
        secret("CSRF token", grace.get("/api/v1/auth/csrf").get("csrfToken"));
        Answer enrolment = grace.post("/api/v1/auth/totp", Map.of());
        assertThat(enrolment.status()).as(enrolment.text()).isLessThan(300);
        secret("TOTP seed", enrolment.get("secret"));
        Answer token = admin.post("/api/v1/api-tokens", Map.of("name", "bird", "permissions", List.of("user:read")));
        assertThat(token.status()).as(token.text()).isEqualTo(201);
        secret("API token", token.get("secret"));
        Answer backend = admin.post("/api/v1/backends", backend("bird", key));
        Answer changed = grace.post("/api/v1/auth/password", Map.of("currentPassword", password, "newPassword", next));
        // The certificate is none: what is refused is kept nowhere, either.
        assertThat(backend.status()).as(backend.text()).isEqualTo(422);
        assertThat(changed.status()).as(changed.text()).isEqualTo(204);
        Answer channel =
                admin.post("/api/v1/alert-channels", channel(secret("webhook's key", "canary-webhook-key-7745")));
        assertThat(channel.status()).as(channel.text()).isEqualTo(201);
        for (Answer answer : List.of(backend, changed, channel)) {
            assertThat(answer.text()).doesNotContain(key, password, next, "canary-webhook-key-7745");
        }

        // Everything has been written that will be; what the database has not moved yet is in its log, a file, too.
        assertNowhere();
        freehold.stop();
        assertNowhere();
    }

    @Test
    void fiftyCanariesThroughTheRoutesAreInNoLog() throws Exception {
        List<String> routes = freehold.command("routes").lines().stream()
                .map(String::strip)
                .filter(line -> line.matches("(GET|POST|PUT|PATCH|DELETE)\\s+(REST|HANDLER)\\s+.*"))
                .toList();
        assertThat(routes).hasSizeGreaterThan(30);
        admin.post("/api/v1/users", Map.of("username", OPEN, "password", Client.PASSWORD));
        for (int i = 0; i < CANARIES; i++) {
            String canary = secret("canary " + i, "canary-%02d-flies-where-nobody-sees".formatted(i));
            String[] words = routes.get(i % routes.size()).split("\\s+", -1);
            String path = words[words.length - 1].replaceAll("\\{[^}]*}", "00000000-0000-0000-0000-000000000000");
            Map<String, Object> body = Map.of(
                    "password",
                    canary,
                    "username",
                    "bird",
                    "currentPassword",
                    canary,
                    "newPassword",
                    canary,
                    "refreshToken",
                    canary,
                    "totp",
                    canary,
                    "code",
                    canary,
                    "setupToken",
                    canary,
                    "config",
                    Map.of("clientKey", canary, "password", canary));
            for (Client client : List.of(admin, freehold.anonymous(), new Client(freehold.address(), canary))) {
                var request = client.request(path)
                        .header("Content-Type", "application/json")
                        .header("Cookie", "freehold-access=" + canary + "; freehold-refresh=" + canary)
                        .header("X-CSRF-Token", canary);
                Answer answer = client.send(
                        words[0].equals("GET")
                                ? request.GET()
                                : request.method(words[0], BodyPublishers.ofString(Answer.text(body))));
                assertThat(answer.status()).as(words[0] + " " + path).isNotIn(500, 501, 502);
                assertThat(answer.text()).as(words[0] + " " + path).doesNotContain(canary);
                if (words[0].equals("POST") && path.endsWith("/auth/logout")) {
                    admin = freehold.signIn();
                }
            }
        }
        assertNowhere();
    }

    private static Map<String, Object> channel(String key) {
        return Map.of(
                "name",
                "bird",
                "type",
                "webhook",
                "url",
                "https://hook.invalid/alerts",
                "events",
                List.of("audit-tampering"),
                "secret",
                key);
    }

    private Map<String, Object> backend(String name, String key) {
        return Map.of(
                "provider",
                "docker",
                "name",
                name,
                "config",
                Map.of(
                        "url", "tcp://127.0.0.1:1",
                        "caCertificate", "none",
                        "clientCertificate", "none",
                        "clientKey", key));
    }

    private String secret(String kind, String value) {
        assertThat(value).as(kind).hasSizeGreaterThan(10);
        secrets.put(kind, value);
        return value;
    }

    private void assertNowhere() throws IOException {
        Map<String, Set<String>> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(freehold.data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("setup-token")) {
                    look(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1), found);
                }
            }
        }
        // The setup token is printed for who sets Freehold up; it is not in the log.
        look("log", String.join("\n", logged()), found);
        ProcessHandle.of(freehold.pid())
                .flatMap(process -> process.info().commandLine())
                .ifPresent(line -> look("command line", line, found));
        if (ProcessHandle.of(freehold.pid()).isPresent()) {
            Client ada = freehold.signIn();
            for (String list : LISTS) {
                List<String> items = new ArrayList<>();
                for (JsonNode item : ada.items("/api/v1/" + list)) {
                    items.add(item.toString());
                }
                look("answer of " + list, String.join("\n", items), found);
            }
        }
        assertThat(found.remove("no secret")).anyMatch(place -> place.contains("freehold.db"));
        assertThat(found).isEmpty();
    }

    private List<String> logged() {
        return freehold.output().stream()
                .filter(line -> !line.startsWith("Set it up with this setup token: "))
                .toList();
    }

    private void look(String place, String text, Map<String, Set<String>> found) {
        secrets.forEach((kind, value) -> {
            if (text.contains(value)) {
                found.computeIfAbsent(kind, any -> new TreeSet<>()).add(place);
            }
        });
    }
}
