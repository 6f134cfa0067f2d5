package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whatever takes somebody's right away ends within a second what was opened by it, and lets nothing be opened again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int NOT_ALLOWED = 1008;
    private static final String ME = "/api/v1/auth/me";
    private static final String EVENTS = "/api/v1/events";

    private Docker docker;
    private Freehold freehold;
    private Client ada;
    private String instance;
    private int count;

    @BeforeAll
    void start(@TempDir Path folder) {
        docker = Docker.engine();
        freehold = new Freehold(folder.resolve("data")).start();
        ada = freehold.setUp();
        String backend = Hosting.backend(ada, "home", docker.url());
        instance = Hosting.running(ada, backend, docker.name("revocation"), docker.image());
    }

    @AfterAll
    void stop() {
        if (freehold != null) {
            freehold.close();
            docker.close();
        }
    }

    /** Somebody who may follow and type, with what gave the right. */
    private record User(String id, String name, String binding, Client client) {}

    private User user() {
        String name = "user-" + ++count;
        Answer made = ada.post("/api/v1/users", Map.of("username", name, "password", Client.PASSWORD));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        Answer bound = ada.post(
                "/api/v1/role-bindings",
                Map.of("principal", "user:" + made.get("id"), "roleId", "operator", "scope", "/"));
        assertThat(bound.status()).as(bound.text()).isEqualTo(201);
        return new User(
                made.get("id"), name, bound.get("id"), freehold.anonymous().signIn(name, Client.PASSWORD));
    }

    private String logs() {
        return "/api/v1/instances/" + instance + "/logs?follow=true";
    }

    /** What somebody has open: a console over a WebSocket, logs and events as server-sent events. */
    private record Opened(ConsoleClient console, EventStream logs, EventStream events) implements AutoCloseable {
        void assertEnds() {
            assertConsoleAndLogsEnd();
            await().atMost(SOON).until(events::ended);
        }

        void assertConsoleAndLogsEnd() {
            await().atMost(SOON)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> console.closeCode() == NOT_ALLOWED && logs.ended());
        }

        void assertOpen() {
            assertThat(console.closeCode()).isZero();
            assertThat(logs.ended() || events.ended()).isFalse();
        }

        @Override
        public void close() {
            console.close();
            logs.close();
            events.close();
        }
    }

    private Opened open(Client client) throws Exception {
        return new Opened(
                ConsoleClient.open(client, instance),
                EventStream.open(client, logs()),
                EventStream.open(client, EVENTS));
    }

    private void assertDone(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isIn(200, 204);
    }

    private void assertRefused(Client client) {
        for (String path : List.of(ME, EVENTS, logs())) {
            assertThat(client.get(path).status()).as(path).isEqualTo(401);
        }
        assertThat(client.post("/api/v1/auth/tickets", Map.of("path", "/api/v1/instances/" + instance + "/console"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void signingOutEndsWhatThatSessionOpenedAlone() throws Exception {
        User user = user();
        Client other = freehold.anonymous().signIn(user.name(), Client.PASSWORD);
        try (Opened opened = open(user.client());
                Opened others = open(other)) {
            assertDone(user.client().post("/api/v1/auth/logout", Map.of()));
            opened.assertEnds();
            assertRefused(user.client());
            others.assertOpen();
        }
    }

    @Test
    void aSessionThatItsOwnerOrAnAdministratorEndsEndsWhatItOpened() throws Exception {
        User user = user();
        Client other = freehold.anonymous().signIn(user.name(), Client.PASSWORD);
        try (Opened opened = open(user.client())) {
            String id = other.items("/api/v1/auth/sessions").stream()
                    .filter(session -> !session.path("current").asBoolean())
                    .findFirst()
                    .orElseThrow()
                    .path("id")
                    .asText();
            assertDone(other.delete("/api/v1/auth/sessions/" + id));
            opened.assertEnds();
            assertRefused(user.client());
        }
        try (Opened opened = open(other)) {
            assertDone(ada.delete("/api/v1/users/" + user.id() + "/sessions"));
            opened.assertEnds();
            assertRefused(other);
        }
    }

    @Test
    void aUserWhoIsDisabledLosesWhatIsOpen() throws Exception {
        User user = user();
        try (Opened opened = open(user.client())) {
            assertDone(ada.post("/api/v1/users/" + user.id() + "/disable", Map.of()));
            opened.assertEnds();
            assertRefused(user.client());
        }
    }

    @Test
    void aNewPasswordEndsWhatTheOtherSessionsOpened() throws Exception {
        User user = user();
        Client other = freehold.anonymous().signIn(user.name(), Client.PASSWORD);
        try (Opened opened = open(user.client())) {
            assertDone(other.post(
                    "/api/v1/auth/password",
                    Map.of("currentPassword", Client.PASSWORD, "newPassword", "quite another passphrase")));
            opened.assertEnds();
            assertRefused(user.client());
        }
    }

    @Test
    void whatWasTakenIsNotGivenBackByARestart() {
        User out = user();
        User disabled = user();
        Answer made = disabled.client().post("/api/v1/api-tokens", Map.of("name", "ci"));
        Client program = new Client(freehold.address(), made.get("secret"));
        User kept = user();
        assertDone(out.client().post("/api/v1/auth/logout", Map.of()));
        assertDone(ada.post("/api/v1/users/" + disabled.id() + "/disable", Map.of()));

        freehold.stop();
        freehold.start();
        ada = ada.at(freehold.address());
        for (Client client : List.of(out.client(), disabled.client(), program)) {
            assertRefused(client.at(freehold.address()));
        }
        assertThat(kept.client().at(freehold.address()).get(ME).status()).isEqualTo(200);
        ada.awaitState(instance, "RUNNING");
    }

    @Test
    void aRoleThatIsTakenEndsWhatItAllowed() throws Exception {
        User user = user();
        try (Opened opened = open(user.client())) {
            assertDone(ada.delete("/api/v1/role-bindings/" + user.binding()));
            opened.assertConsoleAndLogsEnd();
            assertThat(user.client().get(logs()).status()).isEqualTo(404);
            assertThat(opened.events().ended())
                    .as("events are told by what may be seen")
                    .isFalse();
        }
    }

    @Test
    void aConsoleOfWhatFreeholdDidNotMakeEndsWithThePermissionForThat() throws Exception {
        String name = docker.name("foreign");
        docker.run("run", "-d", "-i", "--name", name, docker.image(), "sh", "-c", "while true; do sleep 1; done");
        await().until(() -> !ada.items("/api/v1/instances?q=" + name).isEmpty());
        String foreign =
                ada.items("/api/v1/instances?q=" + name).get(0).path("id").asText();
        User user = user();
        Answer less = ada.post(
                "/api/v1/role-bindings", Map.of("principal", "user:" + user.id(), "roleId", "user", "scope", "/"));
        assertThat(less.status()).as(less.text()).isEqualTo(201);
        try (ConsoleClient console = ConsoleClient.open(user.client(), foreign);
                ConsoleClient own = ConsoleClient.open(user.client(), instance)) {
            assertDone(ada.delete("/api/v1/role-bindings/" + user.binding()));
            await().atMost(SOON).pollInterval(Duration.ofMillis(10)).until(() -> console.closeCode() == NOT_ALLOWED);
            assertThat(own.closeCode()).isZero();
        }
    }

    @Test
    void anApiTokenThatIsDeletedEndsWhatItOpened() throws Exception {
        User user = user();
        Answer made = user.client().post("/api/v1/api-tokens", Map.of("name", "ci"));
        Client program = new Client(freehold.address(), made.get("secret"));
        try (Opened opened = open(program);
                Opened others = open(user.client())) {
            assertDone(user.client().delete("/api/v1/api-tokens/" + made.get("id")));
            opened.assertEnds();
            assertRefused(program);
            others.assertOpen();
        }
    }
}
