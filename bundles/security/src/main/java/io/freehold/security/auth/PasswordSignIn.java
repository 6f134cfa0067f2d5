package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.api.security.SessionService.Tokens;
import io.freehold.api.security.User;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditThrottle;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.hashing.PasswordHasher;
import io.freehold.security.hashing.PasswordPolicy;
import io.freehold.security.rbac.Accounts;
import io.freehold.security.support.Hashes;
import io.freehold.security.support.Randoms;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Signing in with name and password. Whether the name is unknown, the user disabled or the password wrong,
 * it costs one hash and one audit entry and answers the same.
 */
final class PasswordSignIn {
    private static final String ACTION = "auth.login";

    private final Transactions transactions;
    private final PasswordHasher hasher;
    private final SignInLimits limits;
    private final SessionTable sessions;
    private final TokenIssuer issuer;
    private final Accounts accounts;
    private final AuditTrail trail;
    private final AuditThrottle limited;
    private final Randoms randoms;
    private final Clock clock;

    PasswordSignIn(
            Transactions transactions,
            PasswordHasher hasher,
            SignInLimits limits,
            SessionTable sessions,
            TokenIssuer issuer,
            Accounts accounts,
            AuditTrail trail,
            Randoms randoms,
            Clock clock) {
        this.transactions = transactions;
        this.hasher = hasher;
        this.limits = limits;
        this.sessions = sessions;
        this.issuer = issuer;
        this.accounts = accounts;
        this.trail = trail;
        this.limited = new AuditThrottle(clock, SignInLimits.WINDOW);
        this.randoms = randoms;
        this.clock = clock;
    }

    /** Who might be signing in. */
    private record Candidate(Optional<UserTable.Row> row, boolean known) {}

    /** A session that was just made. */
    private record Opened(User user, SessionTable.Row session, String refreshToken) {}

    Tokens login(String username, Secret password, Origin origin) {
        Source source = Source.of(origin.source());
        Candidate candidate = candidate(username, source);
        AttemptLimit.Attempt attempt = begin(username, source, candidate.known(), origin);
        Optional<Tokens> tokens;
        try {
            tokens = evaluate(candidate, password, source, origin);
        } catch (RuntimeException e) {
            attempt.passed();
            throw e;
        }
        if (tokens.isPresent()) {
            attempt.passed();
            return tokens.get();
        }
        attempt.failed();
        recordFailure(candidate, origin);
        throw new FreeholdException(
                ErrorCode.UNAUTHENTICATED, "BAD_CREDENTIALS", "The name or the password is not right.");
    }

    private Candidate candidate(String username, Source source) {
        return transactions.read(connection -> {
            Optional<UserTable.Row> row = UserTable.find(connection, username);
            boolean known = row.isPresent()
                    && KnownSources.contains(connection, row.get().user().id(), source);
            return new Candidate(row, known);
        });
    }

    private AttemptLimit.Attempt begin(String username, Source source, boolean known, Origin origin) {
        try {
            return limits.begin(Usernames.key(username), source, known);
        } catch (FreeholdException e) {
            limited.record(
                    source.key(),
                    more -> trail.record(
                            Anonymous.from(origin), ACTION, "", Outcome.DENIED, "too many attempts" + more));
            throw e;
        }
    }

    /** The tokens if everything is right; nothing if anything is wrong. */
    private Optional<Tokens> evaluate(Candidate candidate, Secret password, Source source, Origin origin) {
        if (candidate.row().isEmpty() || !candidate.row().get().user().enabled()) {
            hasher.matchesNobody(shortened(password));
            return Optional.empty();
        }
        UserTable.Row row = candidate.row().get();
        if (!hasher.matches(shortened(password), row.passwordHash(), candidate.known())) {
            return Optional.empty();
        }
        String newHash = hasher.outdated(row.passwordHash()) ? hasher.hash(password) : null;
        return transactions
                .write(connection -> open(connection, row, newHash, source, origin))
                .map(opened -> issuer.issue(opened.user(), opened.session(), opened.refreshToken()));
    }

    private Optional<Opened> open(
            Connection connection, UserTable.Row checked, @Nullable String newHash, Source source, Origin origin)
            throws SQLException {
        trail.hold(connection);
        UUID userId = checked.user().id();
        Optional<UserTable.Row> now = UserTable.find(connection, userId);
        if (now.isEmpty()
                || !now.get().user().enabled()
                || !now.get().passwordHash().equals(checked.passwordHash())) {
            return Optional.empty();
        }
        long time = clock.millis();
        if (newHash != null) {
            UserTable.rehash(connection, userId, newHash);
        }
        UserTable.seen(connection, userId, time);
        accounts.seen(userId, Instant.ofEpochMilli(time));
        String place = KnownSources.isNew(connection, userId, source) ? "from a new place" : "";
        KnownSources.add(connection, userId, source, time);
        sessions.sweep(connection, time);
        SessionTable.Row session = new SessionTable.Row(
                randoms.id(), userId, origin.source(), time, time, time + SessionTimes.ABSOLUTE.toMillis());
        String refreshToken = issuer.refreshToken();
        sessions.insert(connection, session, Hashes.hex(refreshToken));
        User user = UserTable.get(connection, userId).user();
        Caller caller = new Caller(Accounts.principal(userId), user.username(), session.id(), origin);
        trail.record(connection, caller, ACTION, "users/" + userId, Outcome.SUCCESS, place);
        return Optional.of(new Opened(user, session, refreshToken));
    }

    private void recordFailure(Candidate candidate, Origin origin) {
        // The name that was typed stays out of the log: now and then it is a password.
        String resource = candidate.row().map(row -> "users/" + row.user().id()).orElse("");
        trail.record(Anonymous.from(origin), ACTION, resource, Outcome.DENIED, "wrong name or password");
    }

    /** No password is longer; the cost of the check must not grow with what a stranger sends. */
    private static Secret shortened(Secret password) {
        String text = password.reveal();
        return text.length() <= PasswordPolicy.MAX_LENGTH
                ? password
                : Secret.of(text.substring(0, PasswordPolicy.MAX_LENGTH));
    }
}
