package io.freehold.rest;

import io.freehold.api.audit.AuditEntry;
import io.freehold.api.audit.AuditListener;
import io.freehold.api.audit.Outcome;
import java.util.Set;

/** Notices by the audit log that somebody may have lost what they had: a session, a role, a token. */
final class Revocations implements AuditListener {
    /** The first word of each action that can take something from somebody. */
    private static final Set<String> SUBJECTS =
            Set.of("auth", "user", "totp", "api-token", "role", "role-binding", "group", "project");
    /** The frequent ones that take nothing from anybody. */
    private static final Set<String> HARMLESS = Set.of("auth.login", "auth.refresh");
    /** A refusal that ends a session. */
    private static final String REPLAY = "auth.replay";

    private final Runnable recheck;

    Revocations(Runnable recheck) {
        this.recheck = recheck;
    }

    @Override
    public void recorded(AuditEntry entry) {
        String action = entry.action();
        if (action.equals(REPLAY) || (entry.outcome() == Outcome.SUCCESS && takesFromSomebody(action))) {
            recheck.run();
        }
    }

    private static boolean takesFromSomebody(String action) {
        String subject = action.substring(0, Math.max(0, action.indexOf('.')));
        return SUBJECTS.contains(subject) && !HARMLESS.contains(action);
    }
}
