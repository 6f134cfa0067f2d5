package io.freehold.rest.limit;

import io.freehold.api.FreeholdException;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Principal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records who asked too often: once for each principal, or source without one, in 15 minutes, with how many requests
 * of the time before were not recorded. A thousand have entries of their own, the others share one. Thread-safe.
 */
public final class RefusedRequests {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedRequests.class);
    private static final long WINDOW_NANOS = Duration.ofMinutes(15).toNanos();
    private static final int MAX_KEYS = 1_000;
    private static final String OTHERS = "others";

    private final AuditLog audit;
    private final LongSupplier nanoTime;
    private final Map<String, Window> windows = new HashMap<>();

    public RefusedRequests(AuditLog audit, LongSupplier nanoTime) {
        this.audit = audit;
        this.nanoTime = nanoTime;
    }

    /** Records a refused request unless there is an entry for it; it is refused either way. */
    public void record(Caller caller) {
        String who = Principal.ANONYMOUS.equals(caller.principal())
                ? RateLimits.network(caller.origin().source())
                : caller.principal().toString();
        String more = first(who);
        if (more == null) {
            return;
        }
        try {
            audit.record(caller, "api.limit", "", Outcome.DENIED, "too many requests in a minute" + more);
        } catch (FreeholdException e) {
            LOG.warn("Too many requests of {} cannot be recorded: {}", who, e.getMessage());
        }
    }

    private synchronized @Nullable String first(String who) {
        long now = nanoTime.getAsLong();
        if (!windows.containsKey(who) && windows.size() >= MAX_KEYS) {
            windows.values().removeIf(window -> now - window.begin >= WINDOW_NANOS);
        }
        String key = windows.containsKey(who) || windows.size() < MAX_KEYS ? who : OTHERS;
        Window window = windows.get(key);
        if (window != null && now - window.begin < WINDOW_NANOS) {
            window.leftOut++;
            return null;
        }
        windows.put(key, new Window(now));
        return window == null || window.leftOut == 0 ? "" : ", and " + window.leftOut + " more requests before";
    }

    private static final class Window {
        private final long begin;
        private long leftOut;

        Window(long begin) {
            this.begin = begin;
        }
    }
}
