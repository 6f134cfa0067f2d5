package io.freehold.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

/** An address of a database is refused in words that do not repeat it, or reaches another machine by verified TLS alone. */
class PostgresUrlFuzzTest {
    @ValueSource(
            strings = {
                "postgresql://user:p%40ss@localhost:5432/db",
                "postgres://u@db.example/x?sslmode=verify-full&sslrootcert=/x",
                "jdbc:postgresql://localhost,db.example:1/db?sslmode=require",
                "jdbc:postgresql:db?PGHOST=evil.example&sslfactory=x",
                "jdbc:postgresql://127.0.0.1/db?service=x&host=evil",
                "postgres://,/"
            })
    @FuzzTest
    void otherMachinesAreReachedByVerifiedTls(@NotNull String url) {
        if (!PostgresUrl.fits(url)) {
            return;
        }
        PostgresUrl read;
        try {
            read = PostgresUrl.parse(url);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("database.url ").hasNoCause();
            return;
        }
        // The driver's own reading, which is what it connects by.
        Properties driver = Driver.parseURL(read.jdbc(), new Properties());
        assertThat(driver).isNotNull();
        // Java takes no name at all for this machine, too.
        boolean here = Set.of("localhost", "127.0.0.1", "::1", "[::1]", "")
                .containsAll(List.of(driver.getProperty("PGHOST", "localhost").split(",", -1)));
        if (!here) {
            assertThat(driver.getProperty("sslmode")).isEqualTo("verify-full");
            assertThat(driver).doesNotContainKeys("sslfactory", "sslhostnameverifier", "socketFactory");
        }
    }
}
