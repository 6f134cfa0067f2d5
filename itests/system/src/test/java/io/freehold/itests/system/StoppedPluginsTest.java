package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Plugins whose bundles somebody else stops and starts, or that stand on others which go and come. */
class StoppedPluginsTest extends PluginTest {
    private static final String ID = "com.example.hello";

    private void bundle(String action, String id) {
        Ended ended = freehold.command("bundle", action, id);
        assertThat(ended.status()).as(ended.text()).isZero();
    }

    private static List<String> states(EventStream events) {
        return events.events().stream()
                .filter(event -> event.type().equals("plugin.changed"))
                .map(event -> event.json().at("/plugin/state").asText())
                .toList();
    }

    @Test
    void aBundleThatIsStoppedAndStartedByHandShowsAsAPluginThatIs() throws Exception {
        deploy("hello.jar", TestPlugin.hello("1.0.0").bytes());
        awaitPlugin(ID, "ACTIVE");
        try (EventStream events = EventStream.open(ada, "/api/v1/events")) {
            bundle("stop", ID);
            assertThat(awaitPlugin(ID, "FAILED").path("problem").asText())
                    .contains("Its bundle was stopped", "bin/freehold plugin enable " + ID);
            bundle("start", ID);
            assertThat(awaitPlugin(ID, "ACTIVE").path("problem").isNull()).isTrue();
            await().untilAsserted(() -> assertThat(states(events)).containsExactly("FAILED", "ACTIVE"));

            deploy("hello.jar", TestPlugin.hello("1.1.0").bytes());
            await().until(() -> awaitPlugin(ID, "ACTIVE").path("version").asText(), "1.1.0"::equals);
            assertThat(act(ID, "disable").status()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(states(events))
                    .containsExactly("FAILED", "ACTIVE", "STARTING", "ACTIVE", "STARTING", "DISABLED"));
        }

        bundle("start", ID);
        assertThat(awaitPlugin(ID, "ACTIVE").path("problem").asText()).contains("although the plugin is disabled");
        bundle("stop", ID);
        assertThat(awaitPlugin(ID, "DISABLED").path("problem").isNull()).isTrue();
        assertThat(act(ID, "enable").status()).isEqualTo(200);
        bundle("stop", ID);
        awaitPlugin(ID, "FAILED");
        assertThat(act(ID, "enable").status()).isEqualTo(200);
        awaitPlugin(ID, "ACTIVE");
    }

    private static TestPlugin shared() {
        return plugin("com.example.shared", "1.0.0")
                .header("Export-Package", "com.example.shared")
                .entry("com/example/shared/there.txt", "x");
    }

    @Test
    void anUploadedOneComesBackWithWhatItNeedsAlsoAfterARestart() throws Exception {
        install(shared());
        install(plugin("com.example.needs", "1.0.0").header("Import-Package", "com.example.shared"));
        deploy(
                "a-needs.jar",
                plugin("com.example.deployed", "1.0.0")
                        .header("Import-Package", "com.example.shared")
                        .bytes());
        awaitPlugin("com.example.deployed", "ACTIVE");

        assertThat(ada.delete("/api/v1/plugins/com.example.shared").status()).isEqualTo(204);
        awaitPlugin("com.example.needs", "FAILED");
        awaitPlugin("com.example.deployed", "FAILED");
        restart();
        assertThat(awaitPlugin("com.example.needs", "FAILED").path("problem").asText())
                .contains("imports the package com.example.shared");
        awaitPlugin("com.example.deployed", "FAILED");
        deploy("shared.jar", shared().bytes());
        assertThat(awaitPlugin("com.example.needs", "ACTIVE").path("problem").isNull())
                .isTrue();
        awaitPlugin("com.example.deployed", "ACTIVE");
    }

    @Test
    void oneThatWasStoppedByHandStaysStoppedWhenAnotherComes() throws Exception {
        install(shared());
        install(plugin("com.example.needs", "1.0.0").header("Import-Package", "com.example.shared"));
        bundle("stop", "com.example.needs");
        awaitPlugin("com.example.needs", "FAILED");
        install(plugin("com.example.third", "1.0.0"));
        assertThat(problem("com.example.needs")).contains("Its bundle was stopped");
    }

    @RepeatedTest(5)
    void thoseThatComeTogetherRunInWhateverOrderAndGoTogether() throws Exception {
        deploy("shared.jar", shared().bytes());
        for (int i = 0; i < 4; i++) {
            deploy(
                    "needs-" + i + ".jar",
                    plugin("com.example.needs-" + i, "1.0.0")
                            .header("Import-Package", "com.example.shared")
                            .bytes());
        }
        for (int i = 0; i < 4; i++) {
            awaitPlugin("com.example.needs-" + i, "ACTIVE");
        }
        removePlugins();
    }

    private void install(TestPlugin plugin) throws IOException {
        Answer uploaded = upload(us.signed("plugin.jar", plugin));
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(201);
        Answer enabled = act(uploaded.get("id"), "enable");
        assertThat(enabled.status()).as(enabled.text()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> ada.get("/api/v1/plugins/" + uploaded.get("id")).get("state"), "ACTIVE"::equals);
    }
}
