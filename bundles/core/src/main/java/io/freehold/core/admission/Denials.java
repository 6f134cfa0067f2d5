package io.freehold.core.admission;

import io.freehold.api.audit.AuditLog;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Records what was not admitted: of who tries again and again on one backend, the first in each minute, with how many
 * came before it, so that nobody fills the log. Thread-safe.
 */
final class Denials {
    private static final Duration REPEATED = Duration.ofMinutes(1);
    private static final int LONGEST = 1000;

    private final AuditLog audit;
    private final Clock clock;
    private final Map<String, Recent> recent = new HashMap<>();

    private record Recent(Instant since, int unsaid) {}

    Denials(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    void record(Caller caller, String action, String resource, String detail) {
        String key = caller.principal() + "|" + action + "|" + resource;
        Instant now = clock.instant();
        int before;
        synchronized (recent) {
            Recent last = recent.get(key);
            // A time to come was noted while the clock was wrong.
            if (last != null && !now.isBefore(last.since) && now.isBefore(last.since.plus(REPEATED))) {
                recent.put(key, new Recent(last.since, last.unsaid + 1));
                return;
            }
            before = last == null ? 0 : last.unsaid;
            recent.values().removeIf(one -> one.unsaid == 0 && now.isAfter(one.since.plus(REPEATED)));
        }
        String shown = detail.length() <= LONGEST ? detail : detail.substring(0, LONGEST) + "…";
        audit.record(
                caller,
                action,
                resource,
                Outcome.DENIED,
                shown + (before == 0 ? "" : " (and " + before + " more before)"));
        synchronized (recent) {
            recent.put(key, new Recent(now, 0));
        }
    }
}
