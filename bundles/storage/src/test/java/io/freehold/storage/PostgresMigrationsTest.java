package io.freehold.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.Settings;
import io.freehold.api.storage.Migration;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations on PostgreSQL. */
class PostgresMigrationsTest extends MigrationsContract {
    @TempDir
    Path folder;

    private PostgresSchema schema;

    @BeforeEach
    @Override
    void open() throws Exception {
        schema = PostgresSchema.create();
        super.open();
    }

    @AfterEach
    @Override
    void close() throws Exception {
        super.close();
        if (schema != null) {
            schema.close();
        }
    }

    @Override
    Settings settings() {
        return schema.settings(folder);
    }

    @Test
    void oneMayTakeLongerThanAnythingElse() throws Exception {
        Migration slow = new Migration(1, "001-slow", "CREATE TABLE test_slow (id BIGINT);\nSELECT pg_sleep(5.5);");
        try (Storage storage = Storage.open(schema.settings(folder.resolve("slow")))) {
            storage.transactions().migrate("slow", List.of(slow));
            assertThat(storage.transactions().<Integer>write(Connection::getNetworkTimeout))
                    .isEqualTo(5_000);
        }
        assertThat(number("SELECT count(*) FROM test_slow")).isZero();
    }

    @Test
    void twoProcessesAtOnceApplyEachOnce() throws Exception {
        List<Migration> migrations = List.of(
                new Migration(1, "001-one", "CREATE TABLE test_one (id BIGINT);\nINSERT INTO test_one VALUES (1);"),
                new Migration(2, "002-two", "INSERT INTO test_one VALUES (2);"));
        int processes = 4;
        ExecutorService threads = Executors.newFixedThreadPool(processes);
        CyclicBarrier start = new CyclicBarrier(processes);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            Path own = folder.resolve("process" + i);
            all.add(threads.submit(() -> {
                start.await();
                try (Storage storage = Storage.open(schema.settings(own))) {
                    storage.transactions().migrate("twice", migrations);
                }
                return true;
            }));
        }
        for (Future<?> one : all) {
            one.get(30, TimeUnit.SECONDS);
        }
        threads.shutdown();

        assertThat(number("SELECT count(*) FROM test_one")).isEqualTo(2);
    }
}
