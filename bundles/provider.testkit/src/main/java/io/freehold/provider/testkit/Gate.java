package io.freehold.provider.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Where a held call waits: a test sees that it has come, and lets it go on. */
public final class Gate {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CompletableFuture<Void> released = new CompletableFuture<>();

    Gate() {}

    /** Waits for the call to come to the gate; false if it does not within the time. */
    public boolean awaitReached(Duration patience) throws InterruptedException {
        return reached.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets the call go on; letting it go twice is fine. */
    public void release() {
        released.complete(null);
    }

    /** Makes the caller wait until the gate is released or the other thing happens. */
    void pass(CompletableFuture<Void> closed) throws InterruptedException {
        reached.countDown();
        try {
            CompletableFuture.anyOf(released, closed).get();
        } catch (ExecutionException e) {
            throw new AssertionError("neither is ever completed with a failure", e);
        }
    }
}
