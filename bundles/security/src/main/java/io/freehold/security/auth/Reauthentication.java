package io.freehold.security.auth;

import io.freehold.api.FreeholdException;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.security.audit.AuditThrottle;
import io.freehold.security.audit.AuditTrail;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/** Asks users who are signed in for a secret of theirs again. Guessing it is limited like signing in. */
final class Reauthentication {
    private final SignInLimits limits;
    private final AuditTrail trail;
    private final AuditThrottle limited;

    Reauthentication(SignInLimits limits, AuditTrail trail, Clock clock) {
        this.limits = limits;
        this.trail = trail;
        this.limited = new AuditThrottle(clock, SignInLimits.WINDOW);
    }

    /**
     * Lets pass who knows the secret.
     *
     * @param action what it is asked for, for the audit log
     * @param field how the sender named the secret, for the violation
     * @param right looks at it
     */
    void require(Caller caller, UserTable.Row row, String action, String field, BooleanSupplier right) {
        AttemptLimit.Attempt attempt = begin(caller, row, action);
        if (attempt.run(right::getAsBoolean)) {
            attempt.passed();
            return;
        }
        attempt.failed();
        trail.record(caller, action, "users/" + row.user().id(), Outcome.DENIED, "wrong " + field);
        throw FreeholdException.invalid(field, "is not right");
    }

    private AttemptLimit.Attempt begin(Caller caller, UserTable.Row row, String action) {
        String session = String.valueOf(caller.sessionId());
        try {
            return limits.beginAgain(Usernames.key(row.user().username()), session);
        } catch (FreeholdException e) {
            limited.record(
                    session,
                    more -> trail.record(
                            caller, action, "users/" + row.user().id(), Outcome.DENIED, "too many attempts" + more));
            throw e;
        }
    }
}
