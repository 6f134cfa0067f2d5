package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of jars in the deploy folder, seen over HTTP. */
class HotDeployTest extends PluginTest {
    @Test
    void aJarIsLiveReplacedWhenOverwrittenAndGoneWhenRemovedAlsoAcrossRestarts() throws IOException {
        deploy("hello.jar", TestPlugin.hello("1.0.0").bytes());
        JsonNode plugin = awaitPlugin("com.example.hello", "ACTIVE");
        assertThat(plugin.path("symbolicName").asText()).isEqualTo("com.example.hello");
        assertThat(plugin.path("version").asText()).isEqualTo("1.0.0");
        assertThat(plugin.path("source").asText()).isEqualTo("DEPLOYED");
        assertThat(plugin.path("provides").toString()).contains("permission hello:greet");
        assertThat(plugin.path("requires").toString()).contains("package io.freehold.api.rest");
        Answer greeting = ada.get(GREETING);
        assertThat(greeting.status()).as(greeting.text()).isEqualTo(200);
        assertThat(greeting.get("greeting")).isEqualTo("Hello, ada");
        assertThat(freehold.anonymous().get(GREETING).status()).isEqualTo(401);
        assertThat(audited("plugin.install"))
                .containsExactlyInAnyOrder("plugins/com.example.hello INTENT", "plugins/com.example.hello SUCCESS");

        deploy("hello.jar", TestPlugin.hello("1.1.0").bytes());
        awaitVersion("com.example.hello", "1.1.0");
        assertThat(ada.get(GREETING).status()).isEqualTo(200);

        restart();
        assertThat(awaitPlugin("com.example.hello", "ACTIVE").path("version").asText())
                .isEqualTo("1.1.0");
        await().until(() -> ada.get(GREETING).status() == 200);
        assertThat(audited("plugin.install")).hasSize(2);

        Files.delete(deploy.resolve("hello.jar"));
        await().until(() -> ada.get("/api/v1/plugins/com.example.hello").status() == 404);
        assertThat(ada.get(GREETING).status()).isEqualTo(404);

        deploy("hello.jar", TestPlugin.hello("1.2.0").bytes());
        awaitPlugin("com.example.hello", "ACTIVE");
        freehold.stop();
        Files.delete(deploy.resolve("hello.jar"));
        freehold.start();
        ada = freehold.signIn();
        await().until(() -> ada.items("/api/v1/plugins").isEmpty());
        assertThat(ada.get(GREETING).status()).isEqualTo(404);
    }

    @Test
    void aFileThatIsBeingWrittenWaitsUntilItIsWhole() throws Exception {
        byte[] jar = TestPlugin.hello("1.0.0").bytes();
        try (OutputStream out = Files.newOutputStream(
                deploy.resolve("hello.jar"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int at = 0; at < jar.length; at += 512) {
                out.write(jar, at, Math.min(512, jar.length - at));
                out.flush();
                assertThat(ada.items("/api/v1/plugins")).isEmpty();
            }
        }
        awaitPlugin("com.example.hello", "ACTIVE");
        assertThat(audited("plugin.install")).hasSize(2);
    }

    @Test
    void whatCannotRunIsRefusedWithTheReasonAndNothingElseNotices() throws IOException {
        deploy("hello.jar", TestPlugin.hello("1.0.0").bytes());
        awaitPlugin("com.example.hello", "ACTIVE");
        byte[] whole = TestPlugin.hello("9.0.0").bytes();
        Map<String, byte[]> files = Map.of(
                "truncated.jar", Arrays.copyOf(whole, whole.length / 2),
                "second.jar", TestPlugin.hello("2.0.0").bytes(),
                "climbing.jar",
                        TestPlugin.empty("com.example.climbing", "1")
                                .entry("../../evil", "x")
                                .bytes(),
                "text.jar", "this is no archive".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "nobundle.jar", TestPlugin.empty("x y", "1").bytes());
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            deploy(file.getKey(), file.getValue());
        }
        deploy(
                "unresolved.jar",
                TestPlugin.empty("com.example.unresolved", "1.0.0")
                        .header("Import-Package", "com.example.nowhere;version=\"[2,3)\"")
                        .bytes());
        deploy(
                "unbuildable.jar",
                TestPlugin.resource("com.example.unbuildable", "1.0.0", "Unbuildable")
                        .bytes());
        deploy(
                "open.jar",
                TestPlugin.resource("com.example.open", "1.0.0", "OpenGreetings")
                        .bytes());
        deploy(
                "filtering.jar",
                TestPlugin.resource("com.example.filtering", "1.0.0", "FilteringGreetings")
                        .bytes());
        deploy(
                "up.jar",
                TestPlugin.resource("com.example.up", "1.0.0", "ClimbingGreetings")
                        .bytes());
        deploy(
                "security.jar",
                TestPlugin.empty("io.freehold.security", "99.0.0").bytes());

        assertThat(awaitPlugin("truncated.jar", "FAILED").path("problem").asText())
                .contains("no whole archive");
        assertThat(awaitPlugin("text.jar", "FAILED").path("problem").asText()).contains("no whole archive");
        assertThat(awaitPlugin("second.jar", "FAILED").path("problem").asText()).contains("as hello.jar is");
        assertThat(awaitPlugin("climbing.jar", "FAILED").path("problem").asText())
                .contains("points outside");
        assertThat(awaitPlugin("nobundle.jar", "FAILED").path("problem").asText())
                .contains("symbolic name");
        assertThat(awaitPlugin("com.example.unresolved", "FAILED")
                        .path("problem")
                        .asText())
                .isEqualTo("It imports the package com.example.nowhere [2.0.0,3.0.0), which no bundle exports.");
        assertThat(awaitPlugin("com.example.unbuildable", "FAILED")
                        .path("problem")
                        .asText())
                .contains("no luck today");
        assertThat(awaitPlugin("com.example.open", "FAILED").path("problem").asText())
                .contains("OpenGreetings.greet has no @RequiresPermission");
        assertThat(awaitPlugin("com.example.filtering", "FAILED")
                        .path("problem")
                        .asText())
                .contains("is a ContainerRequestFilter too");
        assertThat(awaitPlugin("com.example.up", "FAILED").path("problem").asText())
                .contains("'..'");
        assertThat(awaitPlugin("io.freehold.security", "FAILED").path("problem").asText())
                .contains("belongs to Freehold itself");
        assertThat(audited("plugin.install")).contains("plugins/truncated.jar FAILURE");
        assertThat(freehold.output().stream().filter(line -> line.contains("com.example.unresolved")))
                .hasSize(1);
        assertThat(ada.get(GREETING).status()).isEqualTo(200);
        assertThat(ada.get("/api/v1/users").status()).isEqualTo(200);
    }

    @Test
    void aVersionThatDoesNotComeUpLeavesTheOneBeforeRunning() throws IOException {
        deploy("hello.jar", TestPlugin.hello("1.0.0").bytes());
        awaitPlugin("com.example.hello", "ACTIVE");
        deploy(
                "hello.jar",
                TestPlugin.resource("com.example.hello", "1.1.0", "OpenGreetings")
                        .bytes());
        JsonNode plugin = await().until(() -> awaitPlugin("com.example.hello", "ACTIVE"), now -> now.path("problem")
                .isTextual());
        assertThat(plugin.path("version").asText()).isEqualTo("1.0.0");
        assertThat(plugin.path("problem").asText())
                .contains("1.1.0 was refused")
                .contains("@RequiresPermission");
        assertThat(ada.get(GREETING).status()).isEqualTo(200);
    }

    @Test
    void aPluginThatNeedsAnotherRunsForAsLongAsThatIsThere() throws IOException {
        deploy(
                "a-needs.jar",
                TestPlugin.empty("com.example.needs", "1.0.0")
                        .header("Import-Package", "com.example.shared")
                        .bytes());
        assertThat(awaitPlugin("com.example.needs", "FAILED").path("problem").asText())
                .contains("imports the package com.example.shared");
        byte[] shared = TestPlugin.empty("com.example.shared", "1.0.0")
                .header("Export-Package", "com.example.shared")
                .entry("com/example/shared/there.txt", "x")
                .bytes();
        deploy("shared.jar", shared);
        awaitPlugin("com.example.shared", "ACTIVE");
        awaitPlugin("com.example.needs", "ACTIVE");
        Files.delete(deploy.resolve("shared.jar"));
        assertThat(awaitPlugin("com.example.needs", "FAILED").path("problem").asText())
                .contains("A plugin that it needs is gone", "imports the package com.example.shared");
        deploy("shared.jar", shared);
        assertThat(awaitPlugin("com.example.needs", "ACTIVE").path("problem").isNull())
                .isTrue();
    }

    @Test
    void whatExportsAPackageOfFreeholdsIsRefused() throws IOException {
        deploy(
                "jetty.jar",
                TestPlugin.empty("com.example.jetty", "1.0.0")
                        .header("Export-Package", "org.eclipse.jetty.server;version=99.0.0")
                        .bytes());
        assertThat(awaitPlugin("com.example.jetty", "FAILED").path("problem").asText())
                .contains("exports org.eclipse.jetty.server, which Freehold itself does");
    }

    @Test
    void itsPermissionIsWhatDecidesWhoIsAnswered() throws IOException {
        deploy("hello.jar", TestPlugin.hello("1.0.0").bytes());
        awaitPlugin("com.example.hello", "ACTIVE");
        assertThat(ada.get("/api/v1/roles").text()).contains("hello:greet");
        Client bob = withRole("bob", "readonly");
        Client eve = withRole("eve", "operator");
        assertThat(bob.get(GREETING).status()).isEqualTo(403);
        assertThat(eve.get(GREETING).status()).isEqualTo(200);
        assertThat(bob.get("/api/v1/plugins").status()).isEqualTo(403);
    }

    @Test
    void aPermissionOfTwoPluginsIsTheSecondOnesWhenTheFirstGoes() throws IOException {
        deploy("first.jar", pouring("com.example.first", "operator"));
        awaitPlugin("com.example.first", "ACTIVE");
        deploy("second.jar", pouring("com.example.second", "auditor"));
        awaitPlugin("com.example.second", "ACTIVE");
        assertThat(whoPours()).containsExactly("administrator", "operator");

        Files.delete(deploy.resolve("first.jar"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(whoPours()).containsExactly("administrator", "auditor"));
    }

    private static byte[] pouring(String name, String role) throws IOException {
        return TestPlugin.empty(name, "1.0.0")
                .header(
                        "Provide-Capability",
                        "io.freehold.permission;permission=\"tea:pour\";roles:List<String>=\"" + role + "\"")
                .bytes();
    }

    private List<String> whoPours() {
        return ada.items("/api/v1/roles").stream()
                .filter(role -> role.path("permissions").toString().contains("tea:pour"))
                .map(role -> role.path("name").asText())
                .sorted()
                .toList();
    }

    private Client withRole(String name, String role) {
        String id = ada.post("/api/v1/users", Map.of("username", name, "password", "one more long passphrase"))
                .get("id");
        String roleId = ada.items("/api/v1/roles").stream()
                .filter(each -> each.get("name").asText().equals(role))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asText();
        assertThat(ada.post("/api/v1/role-bindings", Map.of("principal", "user:" + id, "roleId", roleId, "scope", "/"))
                        .status())
                .isEqualTo(201);
        return freehold.anonymous().signIn(name, "one more long passphrase");
    }
}
