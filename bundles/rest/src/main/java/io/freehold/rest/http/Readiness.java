package io.freehold.rest.http;

import io.freehold.api.FreeholdException;
import io.freehold.api.storage.Transactions;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether requests can be served: whether the database answers within two seconds. However many ask, the
 * database is asked once at a time.
 */
public final class Readiness {
    private static final long PATIENCE_MILLIS = 2_000;

    private final Transactions transactions;
    private final Executor executor;
    private @Nullable CompletableFuture<Boolean> running;

    public Readiness(Transactions transactions, Executor executor) {
        this.transactions = transactions;
        this.executor = executor;
    }

    /** Completes with whether we are ready, after two seconds at the latest; occupies no thread of the caller. */
    CompletableFuture<Boolean> check() {
        return current().copy().completeOnTimeout(false, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized CompletableFuture<Boolean> current() {
        CompletableFuture<Boolean> present = running;
        if (present == null || present.isDone()) {
            try {
                present = CompletableFuture.supplyAsync(this::databaseAnswers, executor);
            } catch (RejectedExecutionException busy) {
                return CompletableFuture.completedFuture(false);
            }
            running = present;
        }
        return present;
    }

    private boolean databaseAnswers() {
        try {
            return transactions.read(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.execute("SELECT 1");
                }
            });
        } catch (FreeholdException unavailable) {
            // The answer says it; the storage bundle logs why.
            return false;
        }
    }
}
