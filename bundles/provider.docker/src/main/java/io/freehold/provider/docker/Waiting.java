package io.freehold.provider.docker;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.provider.OperationContext;
import io.freehold.api.provider.ProviderException;
import io.freehold.provider.docker.engine.EngineClient;
import io.freehold.provider.docker.engine.EngineStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Waits for an engine that may take as long as an operation, and leaves off when that is cancelled or its time is up:
 * while the engine is silent, nobody else would notice. Close it when nothing is waited for any more.
 */
final class Waiting implements AutoCloseable {
    private static final Duration CHECK = Duration.ofMillis(250);

    private final EngineClient client;
    private final OperationContext context;
    private final String late;
    private final long end;
    private final AtomicReference<Runnable> abort = new AtomicReference<>(() -> {});
    private final AtomicReference<@Nullable FreeholdException> asked = new AtomicReference<>();
    private final Future<?> watch;

    /**
     * @param late what to tell people when the time is up
     */
    Waiting(EngineClient client, OperationContext context, String late) {
        this.client = client;
        this.context = context;
        this.late = late;
        // Read once: a clock that is set afterwards ends nothing.
        this.end = System.nanoTime()
                + Duration.between(Instant.now(), context.deadline()).toNanos();
        this.watch = client.deadlines().every(CHECK, this::check);
    }

    /** Begins a request; what breaks afterwards is to be {@link #explain explained}. */
    EngineStream post(String target) {
        Duration left = Duration.ofNanos(Math.max(end - System.nanoTime(), 1_000_000));
        return client.stream("POST", target, left, abort::set);
    }

    /** Why the waiting ended: because it was left off, or as the engine says. */
    FreeholdException explain(ProviderException failure) {
        FreeholdException reason = asked.get();
        return reason == null ? failure : reason;
    }

    private void check() {
        try {
            context.checkCancelled();
            if (System.nanoTime() - end < 0) {
                return;
            }
            asked.compareAndSet(null, new ProviderException(ErrorCode.TIMEOUT, late));
        } catch (FreeholdException e) {
            asked.compareAndSet(null, e);
        }
        abort.get().run();
    }

    @Override
    public void close() {
        watch.cancel(false);
    }
}
