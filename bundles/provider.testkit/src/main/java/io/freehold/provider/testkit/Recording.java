package io.freehold.provider.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What was delivered, in order, by whatever thread; a test can wait for something in it. */
public final class Recording<T> {
    private final List<T> items = new ArrayList<>();

    /** Adds one. */
    public synchronized void add(T item) {
        items.add(item);
        notifyAll();
    }

    /** Everything so far. */
    public synchronized List<T> all() {
        return List.copyOf(items);
    }

    /** Waits for one that fits, be it there already or not; empty if none comes in time. */
    public synchronized Optional<T> await(Predicate<? super T> wanted, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            for (T item : items) {
                if (wanted.test(item)) {
                    return Optional.of(item);
                }
            }
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return Optional.empty();
            }
            wait(millis);
        }
    }
}
