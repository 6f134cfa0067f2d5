package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's clock is set while Freehold runs: back by two hours, on by thirty days, and right again. */
class ClockTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ME = "/api/v1/auth/me";
    private static final String TOKENS = "/api/v1/api-tokens";

    @TempDir
    Path folder;

    private Path clock;
    private Freehold freehold;
    private Client ada;
    /** Everybody who must not be let in any more. */
    private final List<Client> ended = new ArrayList<>();

    private int refused;
    private int groups;

    @BeforeEach
    void start() throws IOException {
        String library = library();
        clock = Files.writeString(folder.resolve("clock"), "+0");
        freehold = new Freehold(folder.resolve("data"))
                .with("LD_PRELOAD", library)
                .with("FAKETIME_TIMESTAMP_FILE", clock.toString())
                .with("FAKETIME_CACHE_DURATION", "1")
                .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .start();
        ada = freehold.setUp();
    }

    @AfterEach
    void stop() {
        if (freehold != null) {
            freehold.close();
        }
    }

    private static String library() throws IOException {
        try (Stream<Path> found =
                Files.find(Path.of("/usr/lib"), 3, (path, attributes) -> path.endsWith("faketime/libfaketime.so.1"))) {
            String library = found.findFirst().map(Path::toString).orElse("");
            assumeTrue(!library.isEmpty(), "skipped: no libfaketime (Debian package faketime)");
            return library;
        }
    }

    @Test
    void whateverTheClockIsSetToNothingThatEndedComesBackAndEverythingGoesOn() throws Exception {
        Client out = freehold.signIn();
        assertThat(out.post("/api/v1/auth/logout", Map.of()).status()).isEqualTo(204);
        ended.add(out);
        Client brief = apiToken(ada, Instant.now().plusSeconds(3));
        Client lessLong = apiToken(ada, Instant.now().plus(Duration.ofDays(20)));
        Client lasting = apiToken(ada, Instant.now().plus(Duration.ofDays(60)));
        await().atMost(PATIENCE).until(() -> brief.get(ME).status() == 401);
        ended.add(brief);
        try (EventStream events = EventStream.open(lasting, "/api/v1/events")) {
            set(Duration.ofHours(-2), lasting);
            assertThat(freehold.signIn().get(ME).status()).isEqualTo(200);
            goesOn(lasting, events);

            set(Duration.ofDays(30), lasting);
            ended.add(ada);
            ended.add(lessLong);
            Client future = freehold.signIn();
            assertThat(future.get(ME).status()).isEqualTo(200);
            goesOn(lasting, events);

            set(Duration.ZERO, lasting);
            ended.add(future);
            // The tokens of before live until the times that they were given: that is not yet.
            ended.remove(ada);
            ended.remove(lessLong);
            assertThat(freehold.signIn().get(ME).status()).isEqualTo(200);
            goesOn(lasting, events);
        }
        Client last = freehold.signIn();
        assertThat(last.get("/api/v1/audit/verify").json().path("ok").asBoolean())
                .isTrue();
        freehold.stop();
        System.out.printf(
                "figure: clock set back 2 h, on 30 d and right again: %d uses of tokens that had ended, 0 accepted%n",
                refused);
    }

    @Test
    @Tag("full")
    void whatRunsAtABackendIsNotEndedByTheClock() throws Exception {
        try (Docker docker = Docker.engine()) {
            String backend = Hosting.backend(ada, "home", docker.url());
            String instance = Hosting.running(ada, backend, docker.name("clock"), docker.image());
            Client lasting = apiToken(ada, Instant.now().plus(Duration.ofDays(60)));
            try (ConsoleClient console = ConsoleClient.open(lasting, instance)) {
                for (Duration offset : List.of(Duration.ofHours(-2), Duration.ofDays(30), Duration.ZERO)) {
                    set(offset, lasting);
                    await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> console.closeCode() == 0);
                    Hosting.awaitHealth(lasting, backend, "UP");
                }
            }
            set(Duration.ofDays(30), lasting);
            lasting.succeed(lasting.post("/api/v1/instances/" + instance + "/actions/restart", Map.of()));
        }
    }

    private Client apiToken(Client owner, Instant until) {
        Answer made = owner.post(TOKENS, Map.of("name", "clock", "expiresAt", until.toString()));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return new Client(freehold.address(), made.get("secret"));
    }

    /** Sets the clock, and waits until Freehold goes by it: by the time of what it records. */
    private void set(Duration offset, Client lasting) throws IOException {
        Files.writeString(clock, (offset.isNegative() ? "" : "+") + offset.toSeconds());
        await().atMost(PATIENCE).until(() -> {
            made(lasting);
            Instant recorded = Instant.parse(lasting.get("/api/v1/audit?limit=1")
                    .json()
                    .at("/items/0/time")
                    .asText());
            Duration wrong =
                    Duration.between(Instant.now().plus(offset), recorded).abs();
            return wrong.compareTo(Duration.ofMinutes(5)) < 0;
        });
    }

    private void made(Client lasting) {
        Answer made = lasting.post("/api/v1/groups", Map.of("name", "group-" + ++groups));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    /** Nobody is let in who has ended; what is open stays open, and what is asked for is done. */
    private void goesOn(Client lasting, EventStream events) {
        for (Client one : ended) {
            assertThat(one.get(ME).status()).isEqualTo(401);
            refused++;
        }
        made(lasting);
        assertThat(lasting.get("/api/v1/instances").status()).isEqualTo(200);
        assertThat(events.ended()).isFalse();
    }
}
