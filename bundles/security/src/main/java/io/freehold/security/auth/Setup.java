package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Role;
import io.freehold.api.security.RoleBinding;
import io.freehold.api.security.Scope;
import io.freehold.api.security.SetupService;
import io.freehold.api.security.User;
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditThrottle;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.hashing.PasswordHasher;
import io.freehold.security.hashing.PasswordPolicy;
import io.freehold.security.rbac.Accounts;
import io.freehold.security.rbac.Bindings;
import io.freehold.security.support.Randoms;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first administrator: one row in the database, which can be written once, decides who was first. */
public final class Setup implements SetupService {
    private static final Logger LOG = LoggerFactory.getLogger(Setup.class);
    private static final String ACTION = "setup.complete";
    private static final int GUESSES = 10;

    private final Transactions transactions;
    private final SetupToken token;
    private final PasswordHasher hasher;
    private final PasswordPolicy policy;
    private final Accounts accounts;
    private final AuditTrail trail;
    private final AttemptLimit guesses;
    private final AuditThrottle limited;
    private final Randoms randoms;
    private final Clock clock;
    private volatile boolean required;

    Setup(
            Transactions transactions,
            SetupToken token,
            PasswordHasher hasher,
            PasswordPolicy policy,
            Accounts accounts,
            AuditTrail trail,
            Randoms randoms,
            Clock clock) {
        this.transactions = transactions;
        this.token = token;
        this.hasher = hasher;
        this.policy = policy;
        this.accounts = accounts;
        this.trail = trail;
        this.guesses = new AttemptLimit(GUESSES, SignInLimits.WINDOW, Duration.ZERO, clock);
        this.limited = new AuditThrottle(clock, SignInLimits.WINDOW);
        this.randoms = randoms;
        this.clock = clock;
    }

    /** Makes the token if setup is to come, and sees to it that there is none if it is not. Call once. */
    public void prepare() {
        required = transactions.read(connection -> Sql.number(connection, "SELECT COUNT(*) FROM security_setup") == 0);
        if (required) {
            token.create(randoms);
        } else {
            removeToken();
        }
    }

    @Override
    public boolean required() {
        return required;
    }

    @Override
    public User complete(Secret setupToken, String username, Secret password, @Nullable String email, Origin origin) {
        requireOpen();
        requireToken(setupToken, origin);
        Usernames.check(username, email);
        policy.check("password", password, username);
        String hash = hasher.hash(password);
        User user = transactions.write(connection -> create(connection, username, hash, email, origin));
        removeToken();
        return user;
    }

    private User create(Connection connection, String username, String hash, @Nullable String email, Origin origin)
            throws SQLException {
        trail.hold(connection);
        Instant now = Instant.ofEpochMilli(clock.millis());
        int first = Sql.update(
                connection, "INSERT INTO security_setup (id, completed_at) VALUES (1, ?) ON CONFLICT DO NOTHING", now);
        if (first == 0) {
            throw alreadyComplete();
        }
        User user = new User(randoms.id(), username, email, true, false, now, null, 1);
        UserTable.insert(connection, user, hash);
        Caller caller = new Caller(Accounts.principal(user.id()), username, null, origin);
        Bindings.insert(
                connection,
                new RoleBinding(
                        randoms.id(),
                        caller.principal(),
                        Role.ADMINISTRATOR,
                        Scope.ROOT,
                        caller.principal().toString(),
                        now));
        accounts.changed(connection, user.id());
        transactions.afterCommit(() -> required = false);
        trail.record(connection, caller, ACTION, "users/" + user.id(), Outcome.SUCCESS, "first administrator");
        return user;
    }

    private void requireOpen() {
        if (!required) {
            throw alreadyComplete();
        }
    }

    private void requireToken(Secret setupToken, Origin origin) {
        Caller caller = Anonymous.from(origin);
        AttemptLimit.Attempt attempt;
        try {
            attempt = guesses.begin(Source.of(origin.source()).key());
        } catch (FreeholdException e) {
            limited.record(
                    Source.of(origin.source()).key(),
                    more -> trail.record(caller, ACTION, "", Outcome.DENIED, "too many attempts" + more));
            throw e;
        }
        if (attempt.run(() -> token.is(setupToken))) {
            attempt.passed();
            return;
        }
        attempt.failed();
        // Whoever came second may find the token gone already.
        requireOpen();
        trail.record(caller, ACTION, "", Outcome.DENIED, "wrong setup token");
        throw new FreeholdException(
                ErrorCode.DENIED,
                "WRONG_SETUP_TOKEN",
                "That is not the setup token. It was printed when Freehold started, and is in its data folder.");
    }

    private void removeToken() {
        try {
            token.remove();
        } catch (IOException e) {
            LOG.warn(
                    "The setup token could not be removed from the data folder. It opens nothing any more; delete it.",
                    e);
        }
    }

    private static FreeholdException alreadyComplete() {
        return new FreeholdException(
                ErrorCode.CONFLICT, "SETUP_COMPLETE", "Setup was completed before. Sign in instead.");
    }
}
