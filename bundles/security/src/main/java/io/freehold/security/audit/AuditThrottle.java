package io.freehold.security.audit;

import io.freehold.security.support.Bounded;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what somebody repeats from filling the log: the first of a kind in each window is to be recorded,
 * together with how many of the window before were not. Thread-safe.
 */
public final class AuditThrottle {
    private static final int KEYS = 20_000;

    private final Clock clock;
    private final long windowMillis;
    private final Map<String, Window> windows = new Bounded<>(KEYS);

    public AuditThrottle(Clock clock, Duration window) {
        this.clock = clock;
        this.windowMillis = window.toMillis();
    }

    /** Writes an entry. */
    @FunctionalInterface
    public interface Recorder {
        /**
         * Records.
         *
         * @param more what to add to the detail about entries that were left out; empty if there were none
         */
        void record(String more);
    }

    /** Calls the recorder unless the same key was recorded within the window; what it throws is passed on. */
    public void record(String key, Recorder recorder) {
        String more = first(key);
        if (more == null) {
            return;
        }
        try {
            recorder.record(more);
        } catch (RuntimeException e) {
            forget(key);
            throw e;
        }
    }

    private synchronized @Nullable String first(String key) {
        long now = clock.millis();
        Window window = windows.get(key);
        // A window to come was begun while the clock was ahead.
        if (window != null && window.begin <= now && now - window.begin < windowMillis) {
            window.leftOut++;
            return null;
        }
        windows.put(key, new Window(now));
        return window == null || window.leftOut == 0 ? "" : ", and " + window.leftOut + " more like it before";
    }

    private synchronized void forget(String key) {
        windows.remove(key);
    }

    private static final class Window {
        final long begin;
        long leftOut;

        Window(long begin) {
            this.begin = begin;
        }
    }
}
