package io.freehold.provider.testkit;

import io.freehold.api.ErrorCode;
import io.freehold.api.provider.ProviderException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What goes wrong in a {@link FakeEngine}, call by call, and how often each was called. */
final class FakeFaults {
    private final Map<FakeCall, Integer> counts = new EnumMap<>(FakeCall.class);
    private final Map<FakeCall, Deque<Gate>> before = new EnumMap<>(FakeCall.class);
    private final Map<FakeCall, Deque<Gate>> after = new EnumMap<>(FakeCall.class);
    private final Map<FakeCall, Deque<ProviderException>> failures = new EnumMap<>(FakeCall.class);
    private boolean broken;

    synchronized Gate holdNext(FakeCall call) {
        return add(before, call, new Gate());
    }

    synchronized Gate holdAfterNext(FakeCall call) {
        return add(after, call, new Gate());
    }

    synchronized void failNext(FakeCall call, ProviderException failure) {
        add(failures, call, failure);
    }

    synchronized int count(FakeCall call) {
        return counts.getOrDefault(call, 0);
    }

    synchronized boolean isBroken() {
        return broken;
    }

    synchronized void setBroken(boolean value) {
        broken = value;
    }

    /** At the beginning of a call: counts it, holds it, fails it. */
    void enter(FakeCall call, CompletableFuture<Void> closed) {
        @Nullable Gate gate;
        synchronized (this) {
            counts.merge(call, 1, Integer::sum);
            gate = poll(before, call);
        }
        pass(gate, closed);
        synchronized (this) {
            if (broken) {
                throw unavailable();
            }
            @Nullable ProviderException failure = poll(failures, call);
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** When the effect of a call is there and its caller has not heard of it. */
    void leave(FakeCall call, CompletableFuture<Void> closed) {
        @Nullable Gate gate;
        synchronized (this) {
            gate = poll(after, call);
        }
        pass(gate, closed);
        if (gate != null && isBroken()) {
            throw unavailable();
        }
    }

    static ProviderException unavailable() {
        return new ProviderException(
                ErrorCode.UNAVAILABLE, "The fake engine does not answer; repair its connection and try again.");
    }

    private static void pass(@Nullable Gate gate, CompletableFuture<Void> closed) {
        if (gate == null) {
            return;
        }
        try {
            gate.pass(closed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException(
                    ErrorCode.UNAVAILABLE, "The call to the fake engine was interrupted; try again.", e);
        }
        if (closed.isDone()) {
            throw new ProviderException(
                    ErrorCode.UNAVAILABLE, "The connection to the fake engine was closed; open it again.");
        }
    }

    private static <T> T add(Map<FakeCall, Deque<T>> queues, FakeCall call, T element) {
        queues.computeIfAbsent(call, key -> new ArrayDeque<>()).add(element);
        return element;
    }

    private static <T> @Nullable T poll(Map<FakeCall, Deque<T>> queues, FakeCall call) {
        @Nullable Deque<T> queue = queues.get(call);
        return queue == null ? null : queue.poll();
    }
}
