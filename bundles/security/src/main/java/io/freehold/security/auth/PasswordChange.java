package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.User;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditThrottle;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.hashing.PasswordHasher;
import io.freehold.security.hashing.PasswordPolicy;
import io.freehold.security.rbac.Accounts;
import java.time.Clock;
import java.util.UUID;

/** Users changing their own password. Guessing the old one is limited like signing in. */
final class PasswordChange {
    private static final String ACTION = "auth.password";

    private final Transactions transactions;
    private final PasswordHasher hasher;
    private final PasswordPolicy policy;
    private final SignInLimits limits;
    private final SessionTable sessions;
    private final Accounts accounts;
    private final AuditTrail trail;
    private final AuditThrottle limited;

    PasswordChange(
            Transactions transactions,
            PasswordHasher hasher,
            PasswordPolicy policy,
            SignInLimits limits,
            SessionTable sessions,
            Accounts accounts,
            AuditTrail trail,
            Clock clock) {
        this.transactions = transactions;
        this.hasher = hasher;
        this.policy = policy;
        this.limits = limits;
        this.sessions = sessions;
        this.accounts = accounts;
        this.trail = trail;
        this.limited = new AuditThrottle(clock, SignInLimits.WINDOW);
    }

    void change(Caller caller, UUID userId, Secret current, Secret next) {
        UserTable.Row row = transactions.read(connection -> UserTable.get(connection, userId));
        policy.check("newPassword", next, row.user().username());
        if (next.equals(current)) {
            throw FreeholdException.invalid("newPassword", "must differ from the current one");
        }
        requireCurrent(caller, row, current);
        String hash = hasher.hash(next);
        transactions.write(connection -> {
            trail.hold(connection);
            UserTable.Row now = UserTable.get(connection, userId);
            if (!now.passwordHash().equals(row.passwordHash())) {
                throw new FreeholdException(
                        ErrorCode.CONFLICT, "PASSWORD_CHANGED", "The password was changed by somebody else meanwhile.");
            }
            User changed = UserTable.update(connection, Users.withPassword(now.user(), false), hash);
            int ended = sessions.endAll(connection, userId, caller.sessionId());
            accounts.changed(connection, userId);
            trail.record(
                    connection, caller, ACTION, "users/" + userId, Outcome.SUCCESS, ended + " other sessions ended");
            return changed;
        });
    }

    private void requireCurrent(Caller caller, UserTable.Row row, Secret current) {
        AttemptLimit.Attempt attempt = begin(caller, row);
        boolean right;
        try {
            right = current.reveal().length() <= PasswordPolicy.MAX_LENGTH
                    && hasher.matches(current, row.passwordHash(), true);
        } catch (RuntimeException e) {
            attempt.passed();
            throw e;
        }
        if (right) {
            attempt.passed();
            return;
        }
        attempt.failed();
        trail.record(caller, ACTION, "users/" + row.user().id(), Outcome.DENIED, "wrong current password");
        throw FreeholdException.invalid("currentPassword", "is not right");
    }

    private AttemptLimit.Attempt begin(Caller caller, UserTable.Row row) {
        Source source = Source.of(caller.origin().source());
        try {
            // Whoever is signed in counts apart from strangers, whose guesses must not keep the owner out.
            return limits.begin(Usernames.key(row.user().username()), source, true);
        } catch (FreeholdException e) {
            limited.record(
                    source.key(),
                    more -> trail.record(
                            caller, ACTION, "users/" + row.user().id(), Outcome.DENIED, "too many attempts" + more));
            throw e;
        }
    }
}
