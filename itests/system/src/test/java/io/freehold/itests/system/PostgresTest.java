package io.freehold.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Freehold on PostgreSQL, by one setting. */
class PostgresTest {
    private final String server = System.getProperty("freehold.test.postgres", "");
    private final String schema = "itest_" + UUID.randomUUID().toString().replace("-", "");

    @TempDir
    Path folder;

    private Freehold freehold;

    @BeforeEach
    void start() throws SQLException {
        assumeTrue(!server.isBlank(), "skipped: no PostgreSQL, set -Dfreehold.test.postgres=jdbc:postgresql://…");
        execute("CREATE SCHEMA " + schema);
        freehold = new Freehold(folder.resolve("data"))
                .with("FREEHOLD_DATABASE_URL", server + (server.contains("?") ? "&" : "?") + "currentSchema=" + schema)
                .start();
    }

    @AfterEach
    void stop() throws SQLException {
        if (freehold != null) {
            freehold.close();
            execute("DROP SCHEMA " + schema + " CASCADE");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void whatWasWrittenIsThereAfterAKillAndNothingIsKeptInSqlite() {
        Client admin = freehold.setUp();
        String made = admin.post("/api/v1/users", Map.of("username", "grace", "password", Client.PASSWORD))
                .get("id");
        freehold.kill();

        Client again = freehold.start().signIn();
        assertThat(again.get("/api/v1/users/" + made).get("username")).isEqualTo("grace");
        assertThat(again.get("/api/v1/audit/verify").json().path("ok").asBoolean())
                .isTrue();
        assertThat(again.get("/api/v1/system").text()).contains("PostgreSQL").doesNotContain("password");
        assertThat(folder.resolve("data/freehold.db")).doesNotExist();
    }
}
