package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
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
}
