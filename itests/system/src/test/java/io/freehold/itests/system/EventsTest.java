package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens outside reaches who listens. */
class EventsTest {
    @TempDir
    Path folder;

    private Docker docker;
    private Freehold freehold;

    @AfterEach
    void stop() {
        if (freehold != null) {
            freehold.close();
            docker.close();
        }
    }

    @Test
    void aDockerStopFromOutsideReachesTheEventStream() throws Exception {
        docker = Docker.engine();
        freehold = new Freehold(folder.resolve("data")).start();
        Client admin = freehold.setUp();
        String backend = Hosting.backend(admin, "home", docker.url());
        String name = docker.name("events");
        String instance = Hosting.running(admin, backend, name, docker.image());
        try (EventStream events = EventStream.open(admin, "/api/v1/events")) {
            docker.run("stop", name);
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(events.events()).anySatisfy(event -> {
                        assertThat(event.type()).isEqualTo("instance.changed");
                        assertThat(Long.parseLong(event.id())).isPositive();
                        assertThat(event.json().at("/instance/id").asText()).isEqualTo(instance);
                        assertThat(event.json().at("/instance/state").asText()).isEqualTo("STOPPED");
                    }));
            docker.run("rm", name);
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(events.events())
                    .anyMatch(event -> event.type().equals("instance.removed")
                            && event.data().contains(instance)));
        }
        assertThat(admin.get("/api/v1/instances/" + instance).status()).isEqualTo(404);
    }
}
