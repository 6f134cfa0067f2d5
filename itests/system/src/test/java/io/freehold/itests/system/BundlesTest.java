package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that come and go, over the command line. */
class BundlesTest {
    @TempDir
    Path folder;

    private Freehold freehold;

    @BeforeEach
    void start() {
        freehold = new Freehold(folder.resolve("data")).start();
    }

    @AfterEach
    void stop() {
        if (freehold != null) {
            freehold.close();
        }
    }

    @Test
    void withoutTheSecurityBundleNothingIsServedAndWithItEverythingIsAgain() throws Exception {
        Client admin = freehold.setUp();
        try (EventStream events = EventStream.open(admin, "/api/v1/events")) {
            run("bundle", "stop", "security");
            await().atMost(Duration.ofSeconds(10)).until(events::ended);
        }
        assertThat(serves(admin)).isFalse();
        assertThat(freehold.command("status").text()).contains("no");

        run("bundle", "start", "security");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> freehold.command("status").text().contains("http://"));
        Client again = new Client(address(), null).signIn(Client.ADMIN, Client.PASSWORD);
        assertThat(again.items("/api/v1/audit"))
                .extracting(entry -> entry.path("action").asText())
                .contains("bundle.stop", "bundle.start");
        assertThat(again.get("/api/v1/audit/verify").json().path("ok").asBoolean())
                .isTrue();
    }

    /** Port 0 may have become another one. */
    private java.net.URI address() {
        var matcher = java.util.regex.Pattern.compile("http://[0-9.]+:[0-9]+")
                .matcher(freehold.command("status").text());
        assertThat(matcher.find()).isTrue();
        return java.net.URI.create(matcher.group());
    }

    @Test
    void whatTheSocketNeedsCannotBeStopped() {
        Ended ended = freehold.command("bundle", "stop", "rest");

        assertThat(ended.status()).isNotZero();
        assertThat(freehold.anonymous().get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void allBundlesAreListedAndActive() {
        Ended list = freehold.command("bundle", "list");

        assertThat(list.status()).isZero();
        assertThat(list.text()).contains("io.freehold.security", "io.freehold.core", "io.freehold.storage");
    }

    private void run(String... arguments) {
        Ended ended = freehold.command(arguments);
        assertThat(ended.status()).as(ended.text()).isZero();
    }

    private static boolean serves(Client client) {
        try {
            return client.get("/healthz").status() < 500;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
