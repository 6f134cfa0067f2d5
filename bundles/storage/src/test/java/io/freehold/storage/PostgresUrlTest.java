package io.freehold.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The two spellings of a database's address. */
class PostgresUrlTest {
    private static PGSimpleDataSource parsed(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(PostgresUrl.parse(url).jdbc());
        return source;
    }

    @Test
    void theSpellingOfOtherToolsIsUnderstoodWithItsSpecialCharacters() {
        PGSimpleDataSource source = parsed("postgresql://ann:p%40ss%26+word@[::1]:5433/free%20hold?ApplicationName=x");

        assertThat(source.getUser()).isEqualTo("ann");
        assertThat(source.getPassword()).isEqualTo("p@ss&+word");
        assertThat(source.getServerNames()).containsExactly("[::1]");
        assertThat(source.getPortNumbers()).containsExactly(5433);
        assertThat(source.getDatabaseName()).isEqualTo("free hold");
        assertThat(source.getApplicationName()).isEqualTo("x");
    }

    @Test
    void theDriversOwnSpellingIsTakenAsItIs() {
        PGSimpleDataSource source = parsed("jdbc:postgresql://localhost/freehold?user=ann&password=secret");

        assertThat(source.getUser()).isEqualTo("ann");
        assertThat(source.getDatabaseName()).isEqualTo("freehold");
    }

    @Test
    void anotherMachineIsFineWithAVerifiedCertificate() {
        assertThat(PostgresUrl.parse("postgresql://db.example/x?sslmode=verify-full")
                        .hosts())
                .containsExactly("db.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://db.example/x",
                "postgresql://db.example/x?sslmode=disable",
                "postgresql://db.example/x?sslmode=allow",
                "postgresql://db.example/x?sslmode=prefer",
                "postgresql://db.example/x?sslmode=require",
                "postgresql://db.example/x?sslmode=verify-ca",
                "postgresql://db.example/x?sslmode=verify-full&sslmode=disable",
                "postgresql://10.0.0.1/x",
                "postgresql://localhost.example/x",
                "postgresql://127.0.0.1.example/x",
                "postgresql://ann:localhost@db.example/x",
                "jdbc:postgresql://127.0.0.1,db.example/x",
                "jdbc:postgresql://localhost/x?PGHOST=db.example",
            })
    void anotherMachineIsRefusedWithoutAVerifiedCertificate(String url) {
        assertThatThrownBy(() -> PostgresUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sslmode=verify-full")
                .message()
                .doesNotContain(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslfactory=org.postgresql.ssl.NonValidatingFactory",
                "sslhostnameverifier=org.example.Anything",
                "socketFactory=org.example.Anything",
            })
    void whatWouldUndoTheCheckIsRefused(String setting) {
        assertThatThrownBy(() -> PostgresUrl.parse("postgresql://db.example/x?sslmode=verify-full&" + setting))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not set sslfactory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "127.0.0.1:5433"})
    void plainConnectionsGoToThisMachine(String host) {
        assertThat(PostgresUrl.parse("postgresql://" + host + "/x").hosts()).hasSize(1);
    }
}
