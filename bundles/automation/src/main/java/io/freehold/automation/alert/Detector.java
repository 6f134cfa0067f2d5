package io.freehold.automation.alert;

import io.freehold.api.alert.AlertEvent;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds in the stream of audit entries what people should hear of, each thing once in a while. Not thread-safe. */
final class Detector {
    private static final int FAILURES = 10;
    private static final int DENIALS = 20;
    private static final long WINDOW = Duration.ofMinutes(15).toMillis();
    private static final int KEYS = 10_000;
    private static final Pattern MORE = Pattern.compile(", and (\\d{1,9}) more like it before$");

    private final Map<String, Deque<Long>> counts = bounded();
    private final Map<String, Long> told = bounded();

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > KEYS;
            }
        };
    }

    /** What the entry gives rise to. */
    Optional<AlertEvent> of(AuditEntry entry) {
        AlertEvent event = event(entry);
        return event == null || !fresh(entry, event) ? Optional.empty() : Optional.of(event);
    }

    private @Nullable AlertEvent event(AuditEntry entry) {
        boolean denied = entry.outcome() == Outcome.DENIED;
        String action = entry.action();
        if (action.equals("auth.replay")) {
            return AlertEvent.TOKEN_REPLAY;
        }
        if (denied && (isGuess(action) || entry.detail().startsWith("too many attempts"))) {
            // Both are counted, whatever the first says.
            boolean fromOne = reached("from " + entry.source(), entry, FAILURES);
            boolean onOne = !entry.resource().isEmpty() && reached("on " + entry.resource(), entry, FAILURES);
            boolean many = fromOne || onOne || entry.detail().startsWith("too many attempts");
            return many ? AlertEvent.GUESSING : null;
        }
        if (action.equals("auth.login") && entry.detail().startsWith("from a new place")) {
            return AlertEvent.NEW_PLACE;
        }
        if (action.equals("audit.verify") && entry.outcome() == Outcome.FAILURE) {
            return AlertEvent.AUDIT_TAMPERING;
        }
        if (entry.outcome() == Outcome.SUCCESS && changesPrivileges(action, entry.detail())) {
            return AlertEvent.PRIVILEGE_CHANGE;
        }
        return denied && reached("by " + entry.actor() + entry.source(), entry, DENIALS)
                ? AlertEvent.MASS_DENIAL
                : null;
    }

    /** Whether what is refused is a secret that was tried: a password, a code, a token. */
    private static boolean isGuess(String action) {
        return action.startsWith("auth.") || action.startsWith("totp.") || action.startsWith("setup.");
    }

    /** How often it happened: what is repeated is one entry, which says how many it stands for. */
    private static int count(AuditEntry entry, int limit) {
        Matcher more = MORE.matcher(entry.detail());
        return more.find() ? Math.min(limit, 1 + Integer.parseInt(more.group(1))) : 1;
    }

    /** Roles, who holds them, and who is in groups, which hold some; a user who is created in groups joins each. */
    private static boolean changesPrivileges(String action, String detail) {
        return action.startsWith("role.")
                || action.startsWith("role-binding.")
                || (action.equals("group.update") && (detail.contains("joins") || detail.contains("leaves")));
    }

    private boolean reached(String key, AuditEntry entry, int limit) {
        long now = entry.time().toEpochMilli();
        Deque<Long> times = counts.computeIfAbsent(key, none -> new ArrayDeque<>());
        times.addAll(Collections.nCopies(count(entry, limit), now));
        while (times.size() > limit || now - times.getFirst() > WINDOW) {
            times.removeFirst();
        }
        return times.size() >= limit;
    }

    /** What goes on and on is told of once in the window; a change of privileges is never the same again. */
    private boolean fresh(AuditEntry entry, AlertEvent event) {
        if (event == AlertEvent.PRIVILEGE_CHANGE || event == AlertEvent.NEW_PLACE) {
            return true;
        }
        String who = event == AlertEvent.GUESSING
                ? entry.source()
                : event == AlertEvent.AUDIT_TAMPERING ? entry.detail() : entry.actor() + entry.resource();
        String key = event == AlertEvent.MASS_DENIAL ? event + entry.actor() : event + " " + who;
        long now = entry.time().toEpochMilli();
        Long before = told.get(key);
        if (before != null && now - before < WINDOW) {
            return false;
        }
        told.put(key, now);
        return true;
    }
}
