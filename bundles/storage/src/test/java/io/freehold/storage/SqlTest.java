package io.freehold.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.ErrorCode;
import io.freehold.api.storage.Sql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The helper that every bundle's tables are read and written with. */
class SqlTest {
    private static final UUID ID = UUID.fromString("01980a2e-0000-7000-8000-000000000000");
    private static final Instant NOON = Instant.ofEpochMilli(1_800_000_000_000L);

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Sql.update(connection, "CREATE TABLE test (id TEXT, code TEXT, flag INTEGER, at BIGINT, n INTEGER)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void valuesComeBackAsTheyWereWritten() throws SQLException {
        assertThat(Sql.update(
                        connection, "INSERT INTO test VALUES (?, ?, ?, ?, ?)", ID, ErrorCode.STALE, true, NOON, 7))
                .isEqualTo(1);

        assertThat(Sql.first(connection, "SELECT * FROM test WHERE id = ?", row -> Sql.uuid(row, "id"), ID))
                .contains(ID);
        assertThat(Sql.first(connection, "SELECT * FROM test", row -> Sql.instant(row, "at")))
                .contains(NOON);
        assertThat(Sql.first(connection, "SELECT * FROM test", row -> row.getString("code") + row.getInt("flag")))
                .contains("STALE1");
        assertThat(Sql.number(connection, "SELECT n FROM test")).isEqualTo(7);
    }

    @Test
    void whatIsNotThereComesBackAsNull() throws SQLException {
        Sql.update(connection, "INSERT INTO test VALUES (?, ?, ?, ?, ?)", null, null, null, null, null);

        List<Boolean> nothing = Sql.all(
                connection,
                "SELECT * FROM test",
                row -> Sql.uuidOrNull(row, "id") == null && Sql.instantOrNull(row, "at") == null);

        assertThat(nothing).containsExactly(true);
        assertThat(Sql.first(connection, "SELECT 1 FROM test WHERE n = ?", row -> 1, 1))
                .isEmpty();
        assertThatThrownBy(() -> Sql.number(connection, "SELECT n FROM test WHERE n = 1"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void manyRowsAreWrittenAtOnce() throws SQLException {
        String insert = "INSERT INTO test (id, n) VALUES (?, ?)";
        Sql.batch(connection, insert, List.of());
        Sql.batch(connection, insert, List.of(Sql.values("a", 1L), Sql.values("b", null)));

        assertThat(Sql.all(connection, "SELECT id FROM test ORDER BY id", row -> row.getString(1)))
                .containsExactly("a", "b");
    }
}
