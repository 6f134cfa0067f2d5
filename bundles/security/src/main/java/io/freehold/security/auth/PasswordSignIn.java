package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Origin;
import io.freehold.api.security.SessionService.Tokens;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditThrottle;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.hashing.PasswordHasher;
import io.freehold.security.hashing.PasswordPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Signing in with name, password and, where the user has a second factor, a code. Whether the name is unknown, the
 * user disabled, the password or the code wrong, it costs one hash and one audit entry and answers the same. That a
 * code is missing is said after a right password alone, and counts as a failure.
 */
final class PasswordSignIn {
    private static final String ACTION = "auth.login";
    /** Under what all names together are counted that nobody can have. */
    private static final String IMPOSSIBLE = "?";

    private final Transactions transactions;
    private final PasswordHasher hasher;
    private final SignInLimits limits;
    private final SecondFactor factor;
    private final SessionOpening opening;
    private final UserImport imports;
    private final AuditTrail trail;
    private final AuditThrottle limited;
    private final Clock clock;

    PasswordSignIn(
            Transactions transactions,
            PasswordHasher hasher,
            SignInLimits limits,
            SecondFactor factor,
            SessionOpening opening,
            UserImport imports,
            AuditTrail trail,
            Clock clock) {
        this.transactions = transactions;
        this.hasher = hasher;
        this.limits = limits;
        this.factor = factor;
        this.opening = opening;
        this.imports = imports;
        this.trail = trail;
        this.limited = new AuditThrottle(clock, SignInLimits.WINDOW);
        this.clock = clock;
    }

    /** Who might be signing in. */
    private record Candidate(Optional<UserTable.Row> row, boolean known) {}

    /** How an attempt ended: with tokens, or not, and whether nothing but a code was missing. */
    private record Evaluation(@Nullable Tokens tokens, boolean codeMissing) {
        static final Evaluation WRONG = new Evaluation(null, false);
        static final Evaluation CODE_MISSING = new Evaluation(null, true);
    }

    Tokens login(String username, Secret password, @Nullable Secret code, Origin origin) {
        Source source = Source.of(origin.source());
        Candidate candidate = candidate(username, source);
        AttemptLimit.Attempt attempt = begin(username, source, candidate.known(), origin);
        Evaluation evaluation = attempt.run(() -> evaluate(candidate, shortened(password), code, source, origin));
        if (evaluation.tokens() != null) {
            attempt.passed();
            return evaluation.tokens();
        }
        attempt.failed();
        recordFailure(candidate, evaluation, code != null, origin);
        if (evaluation.codeMissing()) {
            throw new FreeholdException(
                    ErrorCode.UNAUTHENTICATED, "TOTP_REQUIRED", "Give the code of your authenticator app, too.");
        }
        throw new FreeholdException(
                ErrorCode.UNAUTHENTICATED,
                "BAD_CREDENTIALS",
                code == null
                        ? "The name or the password is not right."
                        : "The name, the password or the code is not right.");
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
            return limits.begin(Usernames.possible(username) ? Usernames.key(username) : IMPOSSIBLE, source, known);
        } catch (FreeholdException e) {
            limited.record(
                    source.key(),
                    more -> trail.record(
                            Anonymous.from(origin), ACTION, "", Outcome.DENIED, "too many attempts" + more));
            throw e;
        }
    }

    private Evaluation evaluate(
            Candidate candidate, Secret password, @Nullable Secret code, Source source, Origin origin) {
        UserTable.Row row = candidate.row().orElse(null);
        if (row == null || !row.user().enabled() || row.expiredBy(clock.millis())) {
            hasher.matchesNobody(password);
            return Evaluation.WRONG;
        }
        if (!hasher.matches(password, row.passwordHash(), candidate.known())) {
            return Evaluation.WRONG;
        }
        if (row.secondFactor() && code == null) {
            return Evaluation.CODE_MISSING;
        }
        Optional<SecondFactor.Right> right = row.secondFactor() && code != null ? check(row, code) : Optional.empty();
        if (row.secondFactor() && right.isEmpty()) {
            return Evaluation.WRONG;
        }
        boolean rehash = row.legacyUntil() != null || hasher.outdated(row.passwordHash());
        String newHash = rehash ? hasher.hash(password) : null;
        return transactions
                .write(connection -> open(connection, row, newHash, right, source, origin))
                .map(opened -> new Evaluation(opening.tokens(opened), false))
                .orElse(Evaluation.WRONG);
    }

    private Optional<SecondFactor.Right> check(UserTable.Row row, Secret code) {
        return transactions.read(
                connection -> factor.check(connection, row.user().id(), code));
    }

    private Optional<SessionOpening.Opened> open(
            Connection connection,
            UserTable.Row checked,
            @Nullable String newHash,
            Optional<SecondFactor.Right> right,
            Source source,
            Origin origin)
            throws SQLException {
        trail.hold(connection);
        UUID userId = checked.user().id();
        Optional<UserTable.Row> now = UserTable.find(connection, userId);
        if (now.isEmpty()
                || !now.get().user().enabled()
                || now.get().secondFactor() != checked.secondFactor()
                || !now.get().passwordHash().equals(checked.passwordHash())) {
            return Optional.empty();
        }
        if (right.isPresent() && !right.get().use(connection)) {
            return Optional.empty();
        }
        if (newHash != null) {
            UserTable.rehash(connection, userId, newHash);
        }
        imports.expire(connection);
        return Optional.of(opening.open(connection, userId, source, origin, ACTION));
    }

    private void recordFailure(Candidate candidate, Evaluation evaluation, boolean withCode, Origin origin) {
        // The name that was typed stays out of the log: now and then it is a password.
        String resource = candidate.row().map(row -> "users/" + row.user().id()).orElse("");
        String why = withCode ? "wrong name, password or code" : "wrong name or password";
        trail.record(
                Anonymous.from(origin),
                ACTION,
                resource,
                Outcome.DENIED,
                evaluation.codeMissing() ? "second factor missing" : why);
    }

    /** No password is longer; the cost of the check must not grow with what a stranger sends. */
    private static Secret shortened(Secret password) {
        String text = password.reveal();
        return text.length() <= PasswordPolicy.MAX_LENGTH
                ? password
                : Secret.of(text.substring(0, PasswordPolicy.MAX_LENGTH));
    }
}
