package io.freehold.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL. */
class PostgresTransactionsTest extends TransactionsContract {
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    @TempDir
    Path folder;

    private PostgresSchema schema;
    private Relay relay;

    @BeforeEach
    @Override
    void open() throws Exception {
        schema = PostgresSchema.create();
        relay = new Relay(schema.port());
        super.open();
    }

    @AfterEach
    @Override
    void close() throws Exception {
        super.close();
        if (schema != null) {
            relay.close();
            schema.close();
        }
    }

    @Override
    Settings settings() {
        return PostgresSchema.settings(folder, schema.url(relay.port()));
    }

    @Test
    void itSaysWhatItIsWithoutCredentials() {
        assertThat(transactions.description()).matches("PostgreSQL \\d+\\.\\d+");
    }

    @Test
    void aConnectionThatDiedWhileIdleIsReplacedWithoutTheCallerNoticing() {
        relay.cutAll();
        transactions.write(c -> add(c, "a"));

        await().ignoreExceptionsInstanceOf(FreeholdException.class)
                .untilAsserted(() -> assertThat(names()).containsExactly("a"));
    }

    @Test
    void writesThatWaitForARowThatAnotherHoldsAreAllRefusedWithinTwoSeconds() throws Exception {
        transactions.write(c -> add(c, "before"));
        try (Connection other = DriverManager.getConnection(schema.url())) {
            other.setAutoCommit(false);
            TransactionsContract.execute(other, "SELECT * FROM test_names FOR UPDATE");
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<Duration>> refused = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                refused.add(threads.submit(() -> {
                    long begin = System.nanoTime();
                    unavailable(catchThrowable(() -> transactions.write(c -> {
                        TransactionsContract.execute(c, "UPDATE test_names SET name = name");
                        return add(c, "never");
                    })));
                    return Duration.ofNanos(System.nanoTime() - begin);
                }));
            }
            for (Future<Duration> one : refused) {
                assertThat(one.get(30, TimeUnit.SECONDS)).isLessThan(Duration.ofSeconds(2));
            }
            threads.shutdown();
        }
        recovers();
        assertThat(names()).doesNotContain("never");
    }

    @Test
    void aServerThatIsGoneIsUnavailableSoonAndRecoversByItself() {
        transactions.write(c -> add(c, "before"));
        relay.refuse();
        failsSoon();
        relay.accept();
        recovers();
    }

    @Test
    void aServerThatHangsIsUnavailableSoonAndRecoversByItself() {
        transactions.write(c -> add(c, "before"));
        relay.hang();
        failsSoon();
        relay.cutAll();
        relay.accept();
        recovers();
    }

    @Test
    void aConnectionLostInsideWorkIsUnavailableAndAcknowledgesNothing() {
        assertThatThrownBy(() -> transactions.write(c -> {
                    add(c, "a");
                    relay.cutAll();
                    return add(c, "b");
                }))
                .satisfies(TransactionsContract::unavailable);

        await().ignoreExceptionsInstanceOf(FreeholdException.class)
                .untilAsserted(() -> assertThat(names()).isEmpty());
    }

    /** Five times; a hundred times with {@code -Dfreehold.test.full=true}. */
    @Test
    void aServerThatGoesAndComesAgainAndAgainLosesNothingAcknowledgedAndIsWrittenSoon() throws Exception {
        int rounds = Boolean.getBoolean("freehold.test.full") ? 100 : 5;
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        AtomicInteger number = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        Future<?> writing = writer.submit(() -> {
            while (!ended.get()) {
                String name = "name-" + number.incrementAndGet();
                try {
                    transactions.write(c -> add(c, name));
                    acknowledged.add(name);
                } catch (FreeholdException e) {
                    unavailable(e);
                }
            }
        });
        Duration slowest = Duration.ZERO;
        for (int i = 0; i < rounds; i++) {
            int before = acknowledged.size();
            await().until(() -> acknowledged.size() > before + 20);
            relay.refuse();
            int gone = number.get();
            await().until(() -> number.get() > gone + 1);
            int whenGone = acknowledged.size();
            long back = System.nanoTime();
            relay.accept();
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> acknowledged.size() > whenGone);
            Duration took = Duration.ofNanos(System.nanoTime() - back);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
        }
        ended.set(true);
        writing.get(30, TimeUnit.SECONDS);
        writer.shutdown();
        assertThat(names()).containsAll(acknowledged);
        System.out.printf(
                "figure: PostgreSQL gone %d times: %d acknowledged, 0 lost; written again within %d ms%n",
                rounds, acknowledged.size(), slowest.toMillis());
    }

    private void failsSoon() {
        long began = System.nanoTime();
        assertThatThrownBy(() -> transactions.write(c -> add(c, "during")))
                .satisfies(TransactionsContract::unavailable);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE);
        long then = System.nanoTime();
        assertThatThrownBy(this::names).satisfies(TransactionsContract::unavailable);
        assertThat(Duration.ofNanos(System.nanoTime() - then)).isLessThan(PATIENCE);
    }

    private void recovers() {
        await().atMost(Duration.ofSeconds(5))
                .ignoreExceptionsInstanceOf(FreeholdException.class)
                .until(() -> {
                    transactions.write(c -> add(c, "after"));
                    return true;
                });
        await().atMost(Duration.ofSeconds(5))
                .ignoreExceptionsInstanceOf(FreeholdException.class)
                .untilAsserted(() -> assertThat(names()).containsExactly("after", "before"));
    }
}
