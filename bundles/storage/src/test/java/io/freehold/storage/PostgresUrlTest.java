package io.freehold.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
}
