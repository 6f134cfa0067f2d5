package io.freehold.security.auth;

import io.freehold.api.FreeholdException;
import io.freehold.api.Violation;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.User;
import io.freehold.api.security.UserService.ImportedUser;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.hashing.PasswordHasher;
import io.freehold.security.rbac.Accounts;
import io.freehold.security.rbac.RoleAuthorizer;
import io.freehold.security.support.Randoms;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Users of other programs, with the hashes of their passwords. At the first good sign-in a hash of today takes the
 * place of the old one; who does not sign in for long loses it.
 */
final class UserImport {
    private static final int MOST = 200;

    private final Transactions transactions;
    private final PasswordHasher hasher;
    private final Accounts accounts;
    private final RoleAuthorizer authorizer;
    private final AuditTrail trail;
    private final Randoms randoms;
    private final Duration legacy;
    private final Clock clock;

    UserImport(
            Transactions transactions,
            PasswordHasher hasher,
            Accounts accounts,
            RoleAuthorizer authorizer,
            AuditTrail trail,
            Randoms randoms,
            Duration legacy,
            Clock clock) {
        this.transactions = transactions;
        this.hasher = hasher;
        this.accounts = accounts;
        this.authorizer = authorizer;
        this.trail = trail;
        this.randoms = randoms;
        this.legacy = legacy;
        this.clock = clock;
    }

    private record Adopted(User user, String hash) {}

    List<User> run(Caller caller, List<ImportedUser> users) {
        authorizer.require(caller, Permissions.USER_CREATE, "users");
        if (users.isEmpty() || users.size() > MOST) {
            throw FreeholdException.invalid("users", "must be 1 to " + MOST + " users");
        }
        long now = clock.millis();
        List<Adopted> adopted = adopt(users, Instant.ofEpochMilli(now));
        return transactions.write(connection -> {
            trail.hold(connection);
            for (Adopted each : adopted) {
                User user = each.user();
                UserTable.insert(connection, user, each.hash());
                UserTable.legacy(connection, user.id(), now + legacy.toMillis());
                accounts.changed(connection, user.id());
                trail.record(connection, caller, "user.import", "users/" + user.id(), Outcome.SUCCESS, user.username());
            }
            return adopted.stream().map(Adopted::user).toList();
        });
    }

    /** Looks at all of them before the first is stored. */
    private List<Adopted> adopt(List<ImportedUser> users, Instant now) {
        List<Violation> violations = new ArrayList<>();
        List<Adopted> adopted = new ArrayList<>();
        for (int i = 0; i < users.size(); i++) {
            ImportedUser given = users.get(i);
            try {
                Usernames.check(given.username(), given.email());
                String hash = hasher.adopt("passwordHash", given.passwordHash());
                adopted.add(new Adopted(
                        new User(randoms.id(), given.username(), given.email(), true, false, now, null, 1), hash));
            } catch (FreeholdException e) {
                if (e.violations().isEmpty()) {
                    throw e;
                }
                for (Violation violation : e.violations()) {
                    violations.add(new Violation("users[" + i + "]." + violation.field(), violation.message()));
                }
            }
        }
        if (!violations.isEmpty()) {
            throw FreeholdException.invalid(violations);
        }
        return adopted;
    }

    /** Removes what was not used in time. */
    void expire() {
        transactions.write(connection -> {
            expire(connection);
            return true;
        });
    }

    /** Removes what was not used in time, in the running transaction. */
    void expire(Connection connection) throws SQLException {
        Caller caller = Caller.core("legacy-hashes");
        for (User user : UserTable.expireLegacy(connection, clock.millis())) {
            trail.record(
                    connection,
                    caller,
                    "user.legacy-hash-expired",
                    "users/" + user.id(),
                    Outcome.SUCCESS,
                    user.username());
        }
    }
}
