package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.security.support.Bounded;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * So many failures per key within a sliding window, exactly: an attempt takes a place before it is
 * evaluated, keeps it if it fails and gives it back if it does not. A key is kept for as long as it has failures within
 * the window; callers see to it that keys are short. Thread-safe.
 */
final class AttemptLimit {
    private static final int KEYS = 50_000;
    private static final long ONE_SECOND = 1000;

    private final int failures;
    private final Duration window;
    private final Duration patience;
    private final Clock clock;
    private final Map<String, Attempts> byKey = new Bounded<>(KEYS);

    /**
     * Makes a limit.
     *
     * @param patience how long an attempt waits for others that are being evaluated and take the last places
     */
    AttemptLimit(int failures, Duration window, Duration patience, Clock clock) {
        this.failures = failures;
        this.window = window;
        this.patience = patience;
        this.clock = clock;
    }

    /** An attempt that was let in; say how it ended, once. */
    interface Attempt {
        /** It failed. */
        void failed();

        /** It did not fail, or was not evaluated. */
        void passed();

        /** Evaluates it; what is thrown meanwhile, errors too, ends it as one that was not evaluated. */
        default <T> T run(Supplier<T> evaluation) {
            boolean evaluated = false;
            try {
                T result = evaluation.get();
                evaluated = true;
                return result;
            } finally {
                if (!evaluated) {
                    passed();
                }
            }
        }
    }

    /**
     * Lets an attempt in.
     *
     * @throws FreeholdException {@code RATE_LIMITED}, saying when to try again
     */
    synchronized Attempt begin(String key) {
        long deadline = System.nanoTime() + patience.toNanos();
        Attempts attempts = current(key);
        while (attempts.failed.size() < failures && attempts.failed.size() + attempts.open >= failures) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (millis <= 0) {
                throw tooMany(ONE_SECOND);
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw tooMany(ONE_SECOND);
            }
            attempts = current(key);
        }
        if (attempts.failed.size() >= failures) {
            throw tooMany(attempts.failed.getFirst() + window.toMillis() - clock.millis());
        }
        attempts.open++;
        return new Open(attempts);
    }

    /** Forgets the failures of the keys that are meant; attempts that are open stay. */
    synchronized void forget(Predicate<String> meant) {
        byKey.forEach((key, attempts) -> {
            if (meant.test(key)) {
                attempts.failed.clear();
            }
        });
        notifyAll();
    }

    /** How many keys are remembered. */
    synchronized int keys() {
        return byKey.size();
    }

    private Attempts current(String key) {
        long now = clock.millis();
        forgetOld(now);
        Attempts attempts = byKey.computeIfAbsent(key, k -> new Attempts());
        attempts.forget(now, window.toMillis());
        return attempts;
    }

    /** The keys are in the order in which they were tried last, so those with nothing left to count come first. */
    private void forgetOld(long now) {
        Iterator<Attempts> eldest = byKey.values().iterator();
        while (eldest.hasNext()) {
            Attempts attempts = eldest.next();
            attempts.forget(now, window.toMillis());
            if (attempts.open > 0 || !attempts.failed.isEmpty()) {
                return;
            }
            eldest.remove();
        }
    }

    private synchronized void end(Attempts attempts, boolean failed) {
        attempts.open--;
        if (failed) {
            attempts.failed.addLast(clock.millis());
        }
        notifyAll();
    }

    private static FreeholdException tooMany(long millis) {
        Duration wait = Duration.ofSeconds(Math.max(1, (millis + 999) / 1000));
        return FreeholdException.retryLater(
                ErrorCode.RATE_LIMITED,
                "TOO_MANY_ATTEMPTS",
                "Too many failed attempts. Try again in " + (wait.toSeconds() + 59) / 60 + " min.",
                wait);
    }

    private static final class Attempts {
        final Deque<Long> failed = new ArrayDeque<>();
        int open;

        void forget(long now, long windowMillis) {
            // What was noted while the clock was ahead counts from when it is right again.
            if (!failed.isEmpty() && failed.getLast() > now) {
                List<Long> noted = List.copyOf(failed);
                failed.clear();
                noted.forEach(time -> failed.addLast(Math.min(time, now)));
            }
            long before = now - windowMillis;
            while (!failed.isEmpty() && failed.getFirst() <= before) {
                failed.removeFirst();
            }
        }
    }

    private final class Open implements Attempt {
        private final Attempts attempts;

        Open(Attempts attempts) {
            this.attempts = attempts;
        }

        @Override
        public void failed() {
            end(attempts, true);
        }

        @Override
        public void passed() {
            end(attempts, false);
        }
    }
}
