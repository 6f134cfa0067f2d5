package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else holds the audit log: what cannot be recorded is not done, and everything else goes on. */
class BlockedAuditTest {
    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(2);
    /** What a busy machine adds to the time that is measured here. */
    private static final Duration SLACK = Duration.ofMillis(500);

    private static final int WRITERS = 8;
    private static final int ROUNDS = 2;

    @TempDir
    Path folder;

    private Freehold freehold;
    private final Set<String> made = new HashSet<>();
    private int number;
    private Duration slowest = Duration.ZERO;

    @AfterEach
    void stop() {
        if (freehold != null) {
            freehold.close();
        }
    }

    @Test
    void nothingIsWrittenUnrecordedWhileSqliteIsLocked() throws Exception {
        freehold = new Freehold(folder.resolve("data")).start();
        Client admin = freehold.setUp();
        try (Connection other = DriverManager.getConnection(
                        "jdbc:sqlite:" + freehold.data().resolve("freehold.db"));
                Statement statement = other.createStatement()) {
            blocked(admin, () -> statement.execute("BEGIN EXCLUSIVE"), () -> statement.execute("COMMIT"), "SQLite");
        }
    }

    @Test
    void nothingIsWrittenUnrecordedWhilePostgresHoldsTheAuditTable() throws Exception {
        String server = System.getProperty("freehold.test.postgres", "");
        assumeTrue(!server.isBlank(), "skipped: no PostgreSQL, set -Dfreehold.test.postgres=jdbc:postgresql://…");
        String schema = "itest_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection other = DriverManager.getConnection(server);
                Statement statement = other.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
            freehold = new Freehold(folder.resolve("data"))
                    .with(
                            "FREEHOLD_DATABASE_URL",
                            server + (server.contains("?") ? "&" : "?") + "currentSchema=" + schema)
                    .start();
            Client admin = freehold.setUp();
            other.setAutoCommit(false);
            blocked(
                    admin,
                    () -> statement.execute("LOCK TABLE " + schema + ".security_audit IN EXCLUSIVE MODE"),
                    other::commit,
                    "PostgreSQL");
            freehold.close();
            other.setAutoCommit(true);
            statement.execute("DROP SCHEMA " + schema + " CASCADE");
        }
    }

    private interface Step {
        void run() throws SQLException;
    }

    private void blocked(Client admin, Step lock, Step unlock, String database) throws Exception {
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            lock.run();
            List<Integer> answers = writes(admin);
            for (String path : List.of("/api/v1/users", "/api/v1/roles", "/api/v1/instances", "/api/v1/audit")) {
                assertThat(admin.get(path).status()).as(path).isEqualTo(200);
            }
            assertThat(answers).containsOnly(503);
            refused += answers.size();
            unlock.run();
            await().atMost(Duration.ofSeconds(5)).until(() -> write(admin) == 201);
        }
        Set<String> unrecorded = new HashSet<>(made);
        admin.items("/api/v1/audit?action=group.create")
                .forEach(entry -> unrecorded.remove(entry.path("resource").asText()));
        System.out.printf(
                "figure: audit log blocked (%s): %d writes refused, the slowest after %d ms; %d acknowledged, %d of them without a record%n",
                database, refused, slowest.toMillis(), made.size(), unrecorded.size());
        assertThat(unrecorded).isEmpty();
        assertThat(admin.items("/api/v1/groups")).hasSameSizeAs(made);
        assertThat(slowest).isLessThan(REFUSED_WITHIN.plus(SLACK));
    }

    private List<Integer> writes(Client admin) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<Integer>> running = IntStream.range(0, WRITERS)
                    .mapToObj(i -> threads.submit(() -> timed(admin)))
                    .toList();
            List<Integer> answers = new ArrayList<>();
            // Reading goes on meanwhile.
            while (!running.stream().allMatch(Future::isDone)) {
                assertThat(admin.get("/api/v1/users").status()).isEqualTo(200);
            }
            for (Future<Integer> one : running) {
                answers.add(one.get());
            }
            return answers;
        } finally {
            threads.shutdown();
        }
    }

    private int timed(Client admin) {
        long began = System.nanoTime();
        int status = write(admin);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        synchronized (this) {
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
        }
        return status;
    }

    /** Makes a group: nothing is hashed for it, so that the time is that of the database. */
    private int write(Client admin) {
        int mine;
        synchronized (this) {
            mine = number++;
        }
        Answer answer = admin.post("/api/v1/groups", Map.of("name", "group-" + mine));
        assertThat(answer.status()).as(answer.text()).isIn(201, 503);
        if (answer.status() == 201) {
            synchronized (this) {
                made.add("groups/" + answer.get("id"));
            }
        }
        return answer.status();
    }
}
