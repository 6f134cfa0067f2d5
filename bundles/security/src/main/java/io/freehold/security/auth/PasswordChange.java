package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.User;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.hashing.PasswordHasher;
import io.freehold.security.hashing.PasswordPolicy;
import io.freehold.security.rbac.Accounts;
import java.util.UUID;

/** Users changing their own password. Guessing the old one is limited like signing in. */
final class PasswordChange {
    private static final String ACTION = "auth.password";

    private final Transactions transactions;
    private final PasswordHasher hasher;
    private final PasswordPolicy policy;
    private final Reauthentication asking;
    private final SessionTable sessions;
    private final Accounts accounts;
    private final AuditTrail trail;

    PasswordChange(
            Transactions transactions,
            PasswordHasher hasher,
            PasswordPolicy policy,
            Reauthentication asking,
            SessionTable sessions,
            Accounts accounts,
            AuditTrail trail) {
        this.transactions = transactions;
        this.hasher = hasher;
        this.policy = policy;
        this.asking = asking;
        this.sessions = sessions;
        this.accounts = accounts;
        this.trail = trail;
    }

    void change(Caller caller, UUID userId, Secret current, Secret next) {
        UserTable.Row row = transactions.read(connection -> UserTable.get(connection, userId));
        policy.check("newPassword", next, row.user().username(), row.secondFactor());
        if (next.equals(current)) {
            throw FreeholdException.invalid("newPassword", "must differ from the current one");
        }
        asking.require(caller, row, ACTION, "currentPassword", () -> isCurrent(row, current));
        String hash = hasher.hash(next);
        transactions.write(connection -> {
            trail.hold(connection);
            UserTable.Row now = UserTable.get(connection, userId);
            if (!now.passwordHash().equals(row.passwordHash()) || now.secondFactor() != row.secondFactor()) {
                throw new FreeholdException(
                        ErrorCode.CONFLICT,
                        "PASSWORD_CHANGED",
                        "The password or the second factor was changed meanwhile.");
            }
            UserTable.password(connection, userId, hash, !policy.standsAlone(next));
            User changed = UserTable.update(connection, Users.withPassword(now.user(), false));
            int ended = sessions.endAll(connection, userId, caller.sessionId());
            accounts.changed(connection, userId);
            trail.record(
                    connection, caller, ACTION, "users/" + userId, Outcome.SUCCESS, ended + " other sessions ended");
            return changed;
        });
    }

    private boolean isCurrent(UserTable.Row row, Secret current) {
        return current.reveal().length() <= PasswordPolicy.MAX_LENGTH
                && hasher.matches(current, row.passwordHash(), true);
    }
}
