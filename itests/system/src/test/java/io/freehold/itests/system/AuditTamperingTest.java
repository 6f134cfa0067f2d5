package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever changes the audit log in the database is found out. */
class AuditTamperingTest {
    @TempDir
    Path folder;

    private Freehold freehold;

    @AfterEach
    void stop() {
        if (freehold != null) {
            freehold.close();
        }
    }

    @Test
    void anExportIsVerifiedOfflineAndOneFlippedByteIsFound() throws Exception {
        freehold = new Freehold(folder.resolve("data")).start();
        Client admin = freehold.setUp();
        Path copy = folder.resolve("rest.jsonl");
        Answer exported = admin.get("/api/v1/audit/export");
        assertThat(exported.status()).isEqualTo(200);
        Files.writeString(copy, exported.text());
        Path file = folder.resolve("cli.jsonl");
        assertThat(freehold.command("audit", "export", file.toString()).status())
                .isZero();
        assertThat(freehold.command("audit", "verify").text()).contains("is whole");
        freehold.stop();

        String anchors = folder.resolve("data/audit-anchors").toString();
        for (Path export : new Path[] {copy, file}) {
            Ended verified = freehold.command("audit", "verify", export.toString(), "--anchors", anchors);
            assertThat(verified.text()).contains("The export is whole: entries 1 to ");
            assertThat(verified.status()).isZero();
            byte[] bytes = Files.readAllBytes(export);
            bytes[bytes.length / 3] ^= 1;
            Files.write(export, bytes);
            Ended broken = freehold.command("audit", "verify", export.toString());
            assertThat(broken.status()).isEqualTo(1);
            assertThat(broken.text()).contains(", line ").hasLineCount(1);
        }
    }

    @Test
    void anEndThatWasCutOffTogetherWithTheHeadIsFound() throws Exception {
        freehold = new Freehold(folder.resolve("data")).start();
        Client admin = freehold.setUp();
        admin.post("/api/v1/users", Map.of("username", "mallory", "password", Client.PASSWORD));
        freehold.stop();

        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/freehold.db"));
                Statement statement = database.createStatement()) {
            statement.executeUpdate("DELETE FROM security_audit WHERE sequence > 2");
            statement.executeUpdate("UPDATE security_audit_head SET sequence = 2,"
                    + " hash = (SELECT hash FROM security_audit WHERE sequence = 2)");
        }

        Client again = freehold.start().signIn();
        JsonNode verified = again.get("/api/v1/audit/verify").json();
        assertThat(verified.path("ok").asBoolean()).isFalse();
        assertThat(verified.path("message").asText()).contains("anchored");
        assertThat(again.items("/api/v1/audit?action=audit.verify&outcome=FAILURE"))
                .isNotEmpty();
        assertThat(freehold.command("audit", "verify").status()).isEqualTo(1);
    }

    @Test
    void whatCannotBeRecordedIsRefusedWithinTwoSeconds() throws Exception {
        freehold = new Freehold(folder.resolve("data")).start();
        Client admin = freehold.setUp();
        String user = admin.post("/api/v1/users", Map.of("username", "mallory", "password", Client.PASSWORD))
                .get("id");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/freehold.db"));
                Statement statement = database.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            List<Future<Duration>> refused = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                refused.add(threads.submit(() -> refuse(admin, "/api/v1/users/" + user + "/disable")));
            }
            for (Future<Duration> one : refused) {
                assertThat(one.get(30, TimeUnit.SECONDS)).isLessThan(Duration.ofSeconds(2));
            }
            statement.execute("ROLLBACK");
        } finally {
            threads.shutdown();
        }

        assertThat(admin.get("/api/v1/users/" + user).json().path("enabled").asBoolean())
                .isTrue();
        assertThat(admin.items("/api/v1/audit?action=user.disable")).isEmpty();
        Answer done = admin.post("/api/v1/users/" + user + "/disable", Map.of());
        assertThat(done.status() / 100).as(done.text()).isEqualTo(2);
        assertThat(admin.items("/api/v1/audit?action=user.disable")).hasSize(1);
        assertThat(admin.get("/api/v1/audit/verify").json().path("ok").asBoolean())
                .isTrue();
    }

    private static Duration refuse(Client client, String path) {
        long begin = System.nanoTime();
        Answer answer = client.post(path, Map.of());
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void aFlippedByteInTheDatabaseIsFoundWhereItIs() throws Exception {
        freehold = new Freehold(folder.resolve("data")).start();
        Client admin = freehold.setUp();
        for (String name : new String[] {"mallory", "trent"}) {
            admin.post("/api/v1/users", Map.of("username", name, "password", Client.PASSWORD));
        }
        JsonNode entry = admin.items("/api/v1/audit?action=user.create").get(0);
        assertThat(admin.get("/api/v1/audit/verify").json().path("ok").asBoolean())
                .isTrue();
        freehold.stop();

        // The first byte of the action, in the row's own bytes: u becomes t.
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/freehold.db"));
                Statement statement = database.createStatement()) {
            int changed = statement.executeUpdate(
                    "UPDATE security_audit SET action = 't' || substr(action, 2) WHERE sequence = "
                            + entry.path("sequence").asLong());
            assertThat(changed).isOne();
        }

        Client again = freehold.start().signIn();
        JsonNode verified = again.get("/api/v1/audit/verify").json();
        assertThat(verified.path("ok").asBoolean()).isFalse();
        assertThat(verified.path("brokenAt").asLong())
                .isEqualTo(entry.path("sequence").asLong());
        assertThat(verified.path("message").asText()).isNotEmpty();
    }

    @Test
    void sealedEntriesAreVerifiedAndExportedWithTheRestAndAMissingSegmentIsNamed() throws Exception {
        freehold = new Freehold(folder.resolve("data"))
                .with("FREEHOLD_AUDIT_RETENTION", "10s")
                .start();
        Client admin = freehold.setUp();
        List<String> before = admin.get("/api/v1/audit/export").text().lines().toList();
        Path segment = folder.resolve("data/audit-segments/audit-00000001.jsonl.gz");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !admin.items("/api/v1/audit?action=audit.seal").isEmpty());
        freehold.kill();

        assertThat(freehold.command("audit", "verify", segment.toString()).text())
                .contains("Segment 1 is whole: entries 1 to ");
        Client again = freehold.start().signIn();
        assertThat(freehold.command("audit", "verify").text()).containsPattern("is whole: .* [1-9] sealed segments; ");
        List<String> after = again.get("/api/v1/audit/export").text().lines().toList();
        assertThat(after).startsWith(before.subList(0, before.size() - 1).toArray(String[]::new));
        Path export = folder.resolve("export.jsonl");
        Files.write(export, after);
        assertThat(freehold.command("audit", "verify", export.toString()).text())
                .contains("The export is whole: entries 1 to ");

        Files.delete(segment);
        assertThat(again.get("/api/v1/audit/verify").json().path("message").asText())
                .startsWith("Segment 1 (entries 1 to ")
                .contains("is missing");
    }
}
