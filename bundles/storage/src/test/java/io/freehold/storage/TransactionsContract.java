package io.freehold.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Settings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds on every database. */
abstract class TransactionsContract {
    private Storage storage;
    DatabaseTransactions transactions;

    /** Settings of an empty database. */
    abstract Settings settings();

    @BeforeEach
    void open() throws Exception {
        storage = Storage.open(settings());
        transactions = storage.transactions();
        transactions.write(c -> execute(c, "CREATE TABLE test_names (name TEXT PRIMARY KEY)"));
    }

    @AfterEach
    void close() throws Exception {
        if (storage != null) {
            storage.close();
        }
    }

    static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    static boolean add(Connection connection, String name) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO test_names (name) VALUES (?)")) {
            insert.setString(1, name);
            return insert.executeUpdate() == 1;
        }
    }

    static List<String> select(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM test_names ORDER BY name")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    final List<String> names() {
        return transactions.read(TransactionsContract::select);
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(transactions.<Boolean>write(c -> add(c, "a"))).isTrue();

        assertThat(names()).containsExactly("a");
    }

    @Test
    void workThatThrowsIsRolledBackAndItsExceptionPassedOnUnchanged() {
        RuntimeException own = new RuntimeException("own");

        assertThatThrownBy(() -> transactions.write(c -> {
                    add(c, "a");
                    throw own;
                }))
                .isSameAs(own);

        assertThat(names()).isEmpty();
    }

    @Test
    void aStatementThatTheDatabaseRefusesIsAnInternalErrorWithItsCause() {
        transactions.write(c -> add(c, "a"));

        assertThatThrownBy(() -> transactions.write(c -> add(c, "a")))
                .isInstanceOfSatisfying(FreeholdException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL);
                    assertThat(e).hasCauseInstanceOf(SQLException.class);
                    assertThat(e.getMessage()).doesNotContain("test_names");
                });
    }

    @Test
    void aNestedReadSeesTheChangesOfTheWriteAroundIt() {
        List<String> seen = transactions.write(c -> {
            add(c, "a");
            return names();
        });

        assertThat(seen).containsExactly("a");
    }

    @Test
    void aReadDoesNotSeeWhatOthersWriteMeanwhile() {
        List<List<String>> seen = transactions.read(c -> {
            List<String> before = select(c);
            onAnotherThread(() -> transactions.write(w -> add(w, "a")));
            return List.of(before, select(c));
        });

        assertThat(seen).containsExactly(List.of(), List.of());
        assertThat(names()).containsExactly("a");
    }

    @Test
    void aReadCannotWrite() {
        assertThatThrownBy(() -> transactions.read(c -> add(c, "a"))).isInstanceOf(FreeholdException.class);

        assertThat(names()).isEmpty();
    }

    @Test
    void aNestedWriteCommitsAndRollsBackWithTheOneAroundIt() {
        assertThatThrownBy(() -> transactions.write(c -> {
                    transactions.write(inner -> add(inner, "inner"));
                    throw new IllegalStateException("outer");
                }))
                .hasMessage("outer");

        assertThat(names()).isEmpty();
    }

    @Test
    void aNestedWriteThatFailsAndIsCaughtIsUndoneAlone() {
        List<String> ran = new ArrayList<>();
        transactions.write(c -> {
            add(c, "outer");
            transactions.afterCommit(() -> ran.add("outer"));
            assertThatThrownBy(() -> transactions.write(inner -> {
                        add(inner, "inner");
                        transactions.afterCommit(() -> ran.add("inner"));
                        return add(inner, "outer");
                    }))
                    .isInstanceOf(FreeholdException.class);
            return add(c, "after");
        });

        assertThat(names()).containsExactly("after", "outer");
        assertThat(ran).containsExactly("outer");
    }

    @Test
    void aWriteInsideAReadIsRefused() {
        assertThatThrownBy(() -> transactions.read(c -> transactions.write(w -> add(w, "a"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("write() inside read()");
    }

    @Test
    void workThatSwallowsARefusedStatementNeverHarmsItsNeighbours() throws Exception {
        inOneGroup(
                () -> transactions.write(c -> add(c, "a")),
                () -> {
                    try {
                        transactions.write(c -> {
                            try {
                                return execute(c, "INSERT INTO no_such_table VALUES (1)");
                            } catch (SQLException swallowed) {
                                return false;
                            }
                        });
                    } catch (FreeholdException postgresGivesUpSuchATransaction) {
                        assertThat(postgresGivesUpSuchATransaction.code()).isEqualTo(ErrorCode.INTERNAL);
                    }
                },
                () -> transactions.write(c -> add(c, "b")));

        assertThat(names()).containsExactly("a", "b");
    }

    @Test
    void actionsRunInOrderOnceDurableAndNeverAfterARollback() {
        List<String> ran = new ArrayList<>();
        transactions.afterCommit(() -> ran.add("at once"));
        transactions.write(c -> {
            transactions.afterCommit(() -> ran.add("first, sees " + names()));
            transactions.write(inner -> {
                transactions.afterCommit(() -> ran.add("second"));
                return true;
            });
            assertThat(ran).hasSize(1);
            return add(c, "a");
        });
        assertThatThrownBy(() -> transactions.write(c -> {
                    transactions.afterCommit(() -> ran.add("never"));
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(ran).containsExactly("at once", "first, sees [a]", "second");
    }

    @Test
    void anActionThatThrowsNeitherFailsTheWriteNorTheNextAction() {
        List<String> ran = new ArrayList<>();
        transactions.write(c -> {
            transactions.afterCommit(() -> {
                throw new IllegalStateException("expected in this test's log");
            });
            transactions.afterCommit(() -> ran.add("next"));
            return add(c, "a");
        });

        assertThat(ran).containsExactly("next");
    }

    @Test
    void anActionThatWritesIsRefusedInsteadOfWaitingForEver() {
        List<Throwable> refused = new ArrayList<>();
        transactions.write(c -> {
            transactions.afterCommit(() -> {
                try {
                    transactions.write(w -> add(w, "b"));
                } catch (IllegalStateException e) {
                    refused.add(e);
                }
            });
            return add(c, "a");
        });

        assertThat(refused).hasSize(1);
        assertThat(names()).containsExactly("a");
    }

    @Test
    void workCannotEndTheTransactionButMayCloseItsConnection() {
        transactions.write(c -> {
            add(c, "a");
            assertThat(c.getAutoCommit()).isFalse();
            assertThatThrownBy(c::commit).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(c::rollback).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> c.setAutoCommit(true)).isInstanceOf(IllegalStateException.class);
            c.close();
            return add(c, "b");
        });

        assertThat(names()).containsExactly("a", "b");
    }

    @Test
    void writesThatQueueUpAreCommittedTogetherAndEachFailsAlone() throws Exception {
        int writers = 64;
        long before = transactions.commits();
        CyclicBarrier start = new CyclicBarrier(writers);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            int writer = i;
            results.add(threads.submit(() -> {
                start.await();
                int failed = 0;
                for (int j = 0; j < 20; j++) {
                    String name = writer + "/" + j;
                    try {
                        transactions.write(c -> {
                            add(c, name);
                            if (name.endsWith("7")) {
                                throw new IllegalStateException("alone");
                            }
                            return true;
                        });
                    } catch (IllegalStateException e) {
                        failed++;
                    }
                }
                return failed;
            }));
        }
        for (Future<Integer> result : results) {
            assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(2);
        }
        threads.shutdown();

        assertThat(names()).hasSize(writers * 18).noneMatch(name -> name.endsWith("7"));
        assertThat(transactions.commits() - before).isLessThan(writers * 20 / 4);
    }

    @Test
    void aCommitThatFailsAcknowledgesNothingAndTheNextWriteIsFine() {
        transactions.write(c -> execute(
                c, "CREATE TABLE test_friends (name TEXT REFERENCES test_names (name) DEFERRABLE INITIALLY DEFERRED)"));
        List<String> ran = new ArrayList<>();

        assertThatThrownBy(() -> transactions.write(c -> {
                    transactions.afterCommit(() -> ran.add("never"));
                    add(c, "a");
                    return execute(c, "INSERT INTO test_friends VALUES ('nobody')");
                }))
                .satisfies(TransactionsContract::unavailable);
        transactions.write(c -> add(c, "b"));

        assertThat(names()).containsExactly("b");
        assertThat(ran).isEmpty();
    }

    @Test
    void closingFinishesWhatIsQueuedAndThenRefuses() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        Future<?> slow = threads.submit(() -> transactions.write(c -> {
            running.countDown();
            awaitQuietly(release);
            return add(c, "slow");
        }));
        running.await();
        Future<?> queued = threads.submit(() -> transactions.write(c -> add(c, "queued")));
        Future<?> closing = threads.submit(() -> {
            transactions.close();
            return true;
        });
        release.countDown();
        slow.get(5, TimeUnit.SECONDS);
        closing.get(2, TimeUnit.SECONDS);
        threads.shutdown();

        assertThatThrownBy(() -> transactions.write(c -> add(c, "late"))).satisfies(TransactionsContract::unavailable);
        assertThatThrownBy(this::names).satisfies(TransactionsContract::unavailable);
        boolean acknowledged = ended(queued);
        reopen();
        assertThat(names()).contains("slow").doesNotContain("late");
        assertThat(names().contains("queued")).isEqualTo(acknowledged);
    }

    private void reopen() throws Exception {
        storage.close();
        storage = Storage.open(settings());
        transactions = storage.transactions();
    }

    private static boolean ended(Future<?> write) throws Exception {
        try {
            write.get(5, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            unavailable(e.getCause());
            return false;
        }
    }

    static void unavailable(Throwable thrown) {
        assertThat(thrown).isInstanceOfSatisfying(FreeholdException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.UNAVAILABLE));
    }

    static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void onAnotherThread(Runnable action) {
        Thread thread = new Thread(action);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Holds the writer until all are queued, so that they run in one transaction. */
    private void inOneGroup(Runnable... writes) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> all = new ArrayList<>();
        all.add(threads.submit(() -> transactions.write(c -> {
            running.countDown();
            awaitQuietly(release);
            return true;
        })));
        running.await();
        for (Runnable write : writes) {
            all.add(threads.submit(write));
        }
        await().until(() -> transactions.queued() == writes.length);
        release.countDown();
        for (Future<?> write : all) {
            write.get(10, TimeUnit.SECONDS);
        }
        threads.shutdown();
    }
}
