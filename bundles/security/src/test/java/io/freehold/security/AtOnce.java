package io.freehold.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.FreeholdException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The same thing done by many at the same moment. */
final class AtOnce<T> {
    final List<T> results = new ArrayList<>();
    final List<FreeholdException> refusals = new ArrayList<>();

    static <T> AtOnce<T> run(int many, Callable<T> call) throws InterruptedException {
        AtOnce<T> outcome = new AtOnce<>();
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            CountDownLatch ready = new CountDownLatch(many);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                futures.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return call.call();
                }));
            }
            for (Future<T> future : futures) {
                outcome.add(future);
            }
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        return outcome;
    }

    private void add(Future<T> future) throws InterruptedException {
        try {
            results.add(future.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FreeholdException refusal) {
                refusals.add(refusal);
            } else {
                throw new AssertionError(e.getCause());
            }
        }
    }
}
