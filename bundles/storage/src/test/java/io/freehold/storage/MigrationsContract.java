package io.freehold.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import io.freehold.api.storage.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for migrations on every database. */
abstract class MigrationsContract {
    private static final Migration FIRST = new Migration(1, "001-cats", """
            -- Cats; and what they
            -- like;
            CREATE TABLE test_cats (name TEXT PRIMARY KEY, says TEXT);
            INSERT INTO test_cats VALUES ('tom', 'a;b');
            """);
    private static final Migration SECOND =
            new Migration(2, "002-age", "ALTER TABLE test_cats ADD COLUMN age BIGINT DEFAULT 7");
    private static final Migration BROKEN = new Migration(
            2, "002-broken", "CREATE TABLE test_dogs (id BIGINT);\nINSERT INTO no_such_table VALUES (1);\n");

    private Storage storage;
    private DatabaseTransactions transactions;

    abstract Settings settings();

    @BeforeEach
    void open() throws Exception {
        storage = Storage.open(settings());
        transactions = storage.transactions();
    }

    @AfterEach
    void close() throws Exception {
        if (storage != null) {
            storage.close();
        }
    }

    final long number(String sql) {
        return transactions.read(c -> {
            try (var statement = c.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    @Test
    void eachIsAppliedOnceAndInOrder() {
        transactions.migrate("test", List.of(FIRST));
        transactions.migrate("test", List.of(FIRST, SECOND));
        long commits = transactions.commits();
        transactions.migrate("test", List.of(FIRST, SECOND));

        assertThat(number("SELECT age FROM test_cats WHERE says = 'a;b'")).isEqualTo(7);
        assertThat(transactions.commits()).isEqualTo(commits);
    }

    @Test
    void oneThatFailsLeavesNothingOfItselfBehind() {
        assertThatThrownBy(() -> transactions.migrate("test", List.of(FIRST, BROKEN)))
                .isInstanceOf(FreeholdException.class);
        transactions.migrate("test", List.of(FIRST, SECOND));
        transactions.write(c -> TransactionsContract.execute(c, "CREATE TABLE test_dogs (id BIGINT)"));

        assertThat(number("SELECT count(*) FROM storage_migrations WHERE owner = 'test'"))
                .isEqualTo(2);
    }

    @Test
    void oneThatHasChangedSinceIsAConflict() {
        transactions.migrate("test", List.of(FIRST));

        conflict(List.of(new Migration(1, FIRST.name(), FIRST.sql() + "-- more\n")), "001-cats");
        conflict(List.of(new Migration(1, "001-renamed", FIRST.sql())), "001-cats");
    }

    @Test
    void lineEndsMayChange() {
        transactions.migrate("test", List.of(FIRST));

        transactions.migrate(
                "test", List.of(new Migration(1, FIRST.name(), FIRST.sql().replace("\n", "\r\n"))));
    }

    @Test
    void aNewerDatabaseIsAConflict() {
        transactions.migrate("test", List.of(FIRST, SECOND));

        conflict(List.of(FIRST), "newer than this Freehold");
    }

    @Test
    void aMissingRecordIsAConflict() {
        transactions.migrate("test", List.of(FIRST, SECOND));
        transactions.write(c -> TransactionsContract.execute(c, "DELETE FROM storage_migrations WHERE version = 1"));

        conflict(List.of(FIRST, SECOND), "no record of migration 001-cats");
    }

    @Test
    void aGapInTheVersionsIsAMistakeOfTheOwner() {
        assertThatThrownBy(() -> transactions.migrate("test", List.of(SECOND)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void severalAtOnceApplyEachOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(threads.submit(() -> transactions.migrate("test", List.of(FIRST, SECOND))));
        }
        for (Future<?> one : all) {
            one.get(30, TimeUnit.SECONDS);
        }
        threads.shutdown();

        assertThat(number("SELECT count(*) FROM test_cats")).isEqualTo(1);
    }

    private void conflict(List<Migration> migrations, String says) {
        assertThatThrownBy(() -> transactions.migrate("test", migrations))
                .isInstanceOfSatisfying(FreeholdException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
                    assertThat(e).hasMessageContaining(says);
                });
    }
}
