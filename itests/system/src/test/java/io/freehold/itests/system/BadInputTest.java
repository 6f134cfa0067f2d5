package io.freehold.itests.system;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad values in every place that the OpenAPI document names, sent by an administrator: each is refused clearly, and nothing breaks. */
class BadInputTest {
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";
    private static final String DEEP = "[".repeat(5_000) + "]".repeat(5_000);

    /** As JSON: of each type, of every size, and what means something elsewhere. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1e400",
            "9".repeat(90),
            "9223372036854775808",
            "[]",
            "[null]",
            "{}",
            "{\"\":{\"a\":[1]}}",
            "\"\"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\r\\nSet-Cookie: a=b\"",
            "\"' OR '1'='1'; DROP TABLE security_users; --\"",
            "\"<script>alert(1)</script>${jndi:ldap://127.0.0.1/a}{{7*7}}\"",
            "\"../../../../etc/passwd\"",
            "\"" + "x".repeat(70_000) + "\"",
            "[\"\\u0000\",\"\\ud800\",\"x'\"]",
            "{\"a\":\"\\u0000\",\"\\u0000\":\"\\udc00\"}",
            "[{\"path\":\"\\u0000\",\"port\":-1}]");

    private static final List<byte[]> BODIES = Stream.concat(
                    Stream.of(
                                    "",
                                    "null",
                                    "[]",
                                    "\"x\"",
                                    "{",
                                    "{}x",
                                    "{\"a\":1,\"a\":2}",
                                    "{\"name\":" + DEEP + "}",
                                    "\ufeff{}")
                            .map(text -> text.getBytes(UTF_8)),
                    Stream.of(
                            "{\"name\":\"x\"}".getBytes(UTF_16),
                            new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xc0, (byte) 0xaf, '"', '}'},
                            new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'},
                            new byte[] {0, 0, 0, 0, 0}))
            .toList();

    /** In a path or a query, percent-encoded already. */
    private static final List<String> PARAMETERS = Stream.concat(
                    Stream.of("%00", "%ff", "%c0%af", "%ed%a0%80", "%2e%2e%2f%2e%2e%2fetc"),
                    Stream.of(
                                    "' OR 1=1 --",
                                    "<script>",
                                    "-1",
                                    "99999999999999999999",
                                    "+999999999-12-31T23:59:59Z",
                                    "0001-01-01T00:00:00Z",
                                    "A".repeat(3_000),
                                    "*",
                                    "\u0663",
                                    NOBODY)
                            .map(text -> URLEncoder.encode(text, UTF_8)))
            .toList();

    /** Of what else takes a good body to get to the value. */
    private static final Map<String, Map<String, Object>> GOOD = Map.of(
            "/roles", Map.of("name", "fuzzed", "permissions", List.of("instance:read")),
            "/groups", Map.of("name", "fuzzed", "members", List.of()),
            "/projects", Map.of("name", "fuzzed", "description", "x", "quotas", Map.of("instances", 1)),
            "/api-tokens", Map.of("name", "fuzzed", "permissions", List.of(), "expiresAt", "2030-01-01T00:00:00Z"),
            "/role-bindings", Map.of("principal", "user:" + NOBODY, "roleId", "readonly", "scope", "/"),
            "/users", Map.of("username", "fuzzed", "password", "short", "email", "a@b.example"),
            "/alert-channels",
                    Map.of(
                            "name",
                            "fuzzed",
                            "type",
                            "webhook",
                            "url",
                            "https://hook.invalid/",
                            "events",
                            List.of("audit-tampering"),
                            "secret",
                            "a secret of sixteen"),
            "/admission-policies/{id}", Map.of("allow", Map.of("privileged", false), "limits", Map.of("cpus", 1.0)));

    @TempDir
    static Path folder;

    private static Freehold freehold;
    private static Client ada;
    private static JsonNode document;

    /** Otherwise each place gets some of the values, the next place the next ones. */
    private static final boolean ALL = Boolean.getBoolean("freehold.test.full");

    private static final int SOME = 3;

    private final List<String> wrong = new ArrayList<>();
    private int sent;
    private int next;

    @BeforeAll
    static void start() {
        freehold = new Freehold(folder.resolve("data")).start();
        ada = freehold.setUp();
        document = ada.get("/api/v1/openapi.json").json();
    }

    @AfterAll
    static void stop() {
        if (freehold != null) {
            freehold.close();
        }
    }

    @Test
    void everythingIsAnsweredOrRefusedWithAProblem() {
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    // Who has signed out, or has another password, tries nothing more.
                    if (operation.getValue().has("responses") && !path.getKey().matches("/auth/(logout|password)")) {
                        operation(
                                base(path.getValue()) + path.getKey(),
                                operation.getKey().toUpperCase(Locale.ROOT),
                                operation.getValue());
                    }
                }));
        document.get("paths").properties().forEach(path -> {
            if (path.getValue().has("get")
                    && !path.getKey().contains("{")
                    && !path.getKey().equals("/events")) {
                send("GET", "/api/v1" + path.getKey(), "", new byte[0]);
            }
        });

        assertThat(sent).isGreaterThan(300);
        assertThat(ada.get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(wrong).isEmpty();
    }

    private void operation(String path, String method, JsonNode operation) {
        String plain = path.replaceAll("\\{[^}]*}", NOBODY);
        if (path.contains("{")) {
            some(PARAMETERS)
                    .forEach(value -> send(method, path.replaceAll("\\{[^}]*}", value), "", "{}".getBytes(UTF_8)));
        }
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asText();
            if (parameter.path("in").asText().equals("query")) {
                some(PARAMETERS).forEach(value -> send(method, plain, "?" + name + "=" + value, "{}".getBytes(UTF_8)));
            }
        }
        JsonNode schema = resolved(operation.at("/requestBody/content/application~1json/schema"));
        if (!schema.isMissingNode()) {
            String target = path.endsWith("/admission-policies/{id}") ? "/api/v1/admission-policies/global" : plain;
            some(BODIES).forEach(body -> send(method, target, "", body));
            schema.path("properties").fieldNames().forEachRemaining(field -> some(VALUES)
                    .forEach(value -> {
                        send(method, target, "", ("{\"" + field + "\":" + value + "}").getBytes(UTF_8));
                        if (GOOD.containsKey(path.replace("/api/v1", ""))) {
                            send(
                                    method,
                                    target,
                                    "",
                                    with(GOOD.get(path.replace("/api/v1", "")), field, value)
                                            .getBytes(UTF_8));
                        }
                    }));
        }
    }

    private <T> List<T> some(List<T> values) {
        if (ALL) {
            return values;
        }
        List<T> some = new ArrayList<>();
        for (int i = 0; i < SOME; i++) {
            some.add(values.get(next++ % values.size()));
        }
        return some;
    }

    private static String base(JsonNode path) {
        String server = path.at("/servers/0/url").asText("/api/v1");
        return server.equals("/") ? "" : server;
    }

    private static String with(Map<String, Object> good, String field, String value) {
        Map<String, Object> all = new LinkedHashMap<>(good);
        all.put(field, "VALUE");
        return Answer.text(all).replace("\"VALUE\"", value);
    }

    private static JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }

    /** Asks again where the connection was closed behind the answer before: what cannot be parsed ends it. */
    private static HttpResponse<InputStream> answer(HttpRequest request) throws IOException, InterruptedException {
        try {
            return ada.http().send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            return ada.http().send(request, BodyHandlers.ofInputStream());
        }
    }

    private void send(String method, String path, String query, byte[] body) {
        boolean read = method.equals("GET") || method.equals("DELETE");
        HttpRequest.Builder request = ada.request(path + query)
                .method(method, read ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .header("Content-Type", "application/json")
                .header("If-Match", "\"0\"");
        sent++;
        try {
            HttpResponse<InputStream> response = answer(request.build());
            try (InputStream in = response.body()) {
                String type = response.headers().firstValue("Content-Type").orElse("");
                boolean refused = response.statusCode() >= 400;
                if (response.statusCode() >= 500 || (refused && !type.startsWith("application/problem+json"))) {
                    String said = new String(in.readNBytes(300), UTF_8);
                    String what = new String(body, 0, Math.min(200, body.length), UTF_8);
                    wrong.add(method + " " + path + query + " " + what + " → " + response.statusCode() + " " + said);
                }
            }
        } catch (IOException e) {
            wrong.add(method + " " + path + query + " → " + e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
