package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plugins over the command line, from the file that their author signed. */
class PluginsTest extends PluginTest {
    private static final String HELLO = "org.example.hello";

    @Test
    void aSignedPluginIsInstalledUpdatedRolledBackDisabledAndRemoved() throws Exception {
        try (EventStream events = EventStream.open(ada, "/api/v1/events")) {
            assertThat(did("plugin", "list")).containsExactly("There are no plugins.");
            Path first = us.signed("first.jar", plugin(HELLO, "1.0.0"));
            assertThat(did("plugin", "install", first.toString()))
                    .containsExactly(HELLO + " 1.0.0 is DISABLED", "Enable it: bin/freehold plugin enable " + HELLO);
            assertThat(did("plugin", "enable", HELLO)).containsExactly(HELLO + " 1.0.0 is ACTIVE");
            Path second = us.signed("second.jar", plugin(HELLO, "1.1.0"));
            assertThat(did("plugin", "install", second.toString())).containsExactly(HELLO + " 1.1.0 is ACTIVE");
            assertThat(did("plugin", "list"))
                    .hasSize(2)
                    .last()
                    .asString()
                    .matches("org\\.example\\.hello +1\\.1\\.0 +ACTIVE +uploaded +us");
            assertThat(did("plugin", "rollback", HELLO)).containsExactly(HELLO + " 1.0.0 is ACTIVE");
            assertThat(did("bundle", "why", HELLO)).containsExactly(HELLO + " runs.");
            assertThat(did("plugin", "disable", HELLO)).containsExactly(HELLO + " 1.0.0 is DISABLED");
            assertThat(did("bundle", "why", HELLO)).hasSize(2).first().isEqualTo(HELLO + " is RESOLVED:");
            assertThat(did("plugin", "enable", HELLO)).containsExactly(HELLO + " 1.0.0 is ACTIVE");
            assertThat(did("plugin", "uninstall", HELLO)).containsExactly(HELLO + " is gone");
            assertThat(did("plugin", "list")).containsExactly("There are no plugins.");

            await().untilAsserted(() -> assertThat(events.events()).anySatisfy(event -> {
                assertThat(event.type()).isEqualTo("plugin.removed");
                assertThat(event.json().at("/plugin/id").asText()).isEqualTo(HELLO);
            }));
            assertThat(events.events()).anySatisfy(event -> {
                assertThat(event.type()).isEqualTo("plugin.changed");
                assertThat(event.json().at("/plugin/version").asText()).isEqualTo("1.1.0");
            });
        }
        assertThat(ada.items("/api/v1/audit"))
                .extracting(entry -> entry.path("action").asText())
                .contains(
                        "plugin.install",
                        "plugin.update",
                        "plugin.rollback",
                        "plugin.disable",
                        "plugin.enable",
                        "plugin.uninstall");
    }

    @Test
    void whatIsNotSignedOrDoesNotResolveIsRefusedInOneLine() throws Exception {
        Path unsigned = Files.write(
                folder.resolve("unsigned.jar"), plugin(HELLO, "1.0.0").bytes());
        assertThat(refused("plugin", "install", unsigned.toString())).contains("cannot install", "not signed");

        Path lacking = us.signed(
                "lacking.jar",
                plugin("org.example.lacking", "1.0.0")
                        .header("Import-Package", "org.example.missing;version=\"[1.2,2)\""));
        assertThat(refused("plugin", "install", lacking.toString()))
                .contains("org.example.missing", "no bundle exports");
        assertThat(refused("bundle", "why", "org.example.lacking")).contains("No such bundle");
        assertThat(refused("plugin", "enable", "org.example.nothing")).contains("No such plugin");
        assertThat(refused("plugin", "install", folder.resolve("none.jar").toString()))
                .contains("there is no file");
    }

    @Test
    void whyAFileOfTheDeployFolderWasRefusedIsSaid() throws Exception {
        byte[] whole = plugin(HELLO, "1.0.0").bytes();
        deploy("a broken one.jar", Arrays.copyOf(whole, whole.length / 2));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        freehold.command("plugin", "list").text())
                .contains("a broken one.jar", "FAILED", "deployed", "no whole archive"));
        assertThat(did("bundle", "why", "a broken one.jar")).last().asString().contains("no whole archive");
    }

    @Test
    void whyNothingIsServedIsSaidWithoutTheSecurityBundle() {
        did("bundle", "stop", "security");

        assertThat(did("bundle", "why", "core"))
                .anySatisfy(line -> assertThat(line).contains("waits for a service"));
        assertThat(refused("plugin", "list")).contains("not served");
        freehold.stop();
    }

    /** What the command printed, which went well. */
    private List<String> did(String... arguments) {
        Ended ended = freehold.command(arguments);
        assertThat(ended.status()).as(ended.text()).isZero();
        return ended.lines();
    }

    /** The one line that the command printed, which failed. */
    private String refused(String... arguments) {
        Ended ended = freehold.command(arguments);
        assertThat(ended.status()).as(ended.text()).isEqualTo(1);
        assertThat(ended.lines()).hasSize(1);
        return ended.text();
    }
}
