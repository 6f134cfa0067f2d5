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
import io.freehold.security.rbac.Accounts;
import io.freehold.security.support.Hashes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Exchanging refresh tokens (RFC 9700, 4.14.2). Each works once. Of parallel exchanges one wins; whoever
 * comes later than a race explains has a copy of the token, and the session ends.
 */
final class Refreshing {
    private static final String ACTION = "auth.refresh";

    private final Transactions transactions;
    private final SessionTable sessions;
    private final TokenIssuer issuer;
    private final AuditTrail trail;
    private final AuditThrottle unknown;
    private final SessionTimes times;
    private final Clock clock;

    Refreshing(
            Transactions transactions,
            SessionTable sessions,
            TokenIssuer issuer,
            AuditTrail trail,
            SessionTimes times,
            Clock clock) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.issuer = issuer;
        this.trail = trail;
        this.unknown = new AuditThrottle(clock, SignInLimits.WINDOW);
        this.times = times;
        this.clock = clock;
    }

    Tokens refresh(Secret refreshToken, Origin origin) {
        String hash = Hashes.hex(refreshToken.reveal());
        // Anybody may ask: what is no token of ours takes no turn among those who write.
        if (transactions
                .read(connection -> sessions.findByToken(connection, hash))
                .isEmpty()) {
            return refuseUnknown(origin);
        }
        // What a transaction decided must commit even where it is a refusal: the answer is made after it.
        Supplier<Tokens> answer = transactions.write(connection -> {
            trail.hold(connection);
            return exchange(connection, hash, origin);
        });
        return answer.get();
    }

    private Supplier<Tokens> exchange(Connection connection, String hash, Origin origin) throws SQLException {
        Optional<SessionTable.Refresh> found = sessions.findByToken(connection, hash);
        if (found.isEmpty()) {
            return () -> refuseUnknown(origin);
        }
        long now = clock.millis();
        SessionTable.Row session = found.get().session();
        User user = UserTable.get(connection, session.userId()).user();
        Caller caller = new Caller(Accounts.principal(user.id()), user.username(), session.id(), origin);
        Long usedAt = found.get().usedAt();
        if (usedAt != null && Math.abs(now - usedAt) <= SessionTimes.RACE.toMillis()) {
            return Refreshing::refuseRaced;
        }
        if (usedAt != null) {
            sessions.end(connection, user.id(), session.id());
            trail.record(connection, caller, "auth.replay", sessionOf(session.id()), Outcome.DENIED, "session ended");
            return Refreshing::refuse;
        }
        // One that was begun while the clock was ahead would last too long.
        boolean ahead = session.createdAt() > now + VerifiedToken.MAX_AHEAD;
        if (ahead || session.endsAt(times) <= now) {
            sessions.end(connection, user.id(), session.id());
            trail.record(connection, caller, ACTION, sessionOf(session.id()), Outcome.DENIED, "session expired");
            return Refreshing::refuse;
        }
        SessionTable.Row next = session.used(now, origin.source());
        String nextToken = issuer.refreshToken();
        sessions.rotate(connection, next, hash, Hashes.hex(nextToken));
        UserTable.seen(connection, user.id(), now);
        trail.record(connection, caller, ACTION, sessionOf(session.id()), Outcome.SUCCESS, "");
        User seen = UserTable.get(connection, user.id()).user();
        return () -> issuer.issue(seen, next, nextToken);
    }

    private Tokens refuseUnknown(Origin origin) {
        unknown.record(
                Source.of(origin.source()).key(),
                more -> trail.record(
                        Anonymous.from(origin), ACTION, "", Outcome.DENIED, "unknown or ended session" + more));
        return refuse();
    }

    private static Tokens refuse() {
        throw new FreeholdException(
                ErrorCode.UNAUTHENTICATED, "SESSION_ENDED", "The session has ended. Sign in again.");
    }

    private static Tokens refuseRaced() {
        throw new FreeholdException(
                ErrorCode.CONFLICT, "REFRESH_RACED", "Another request has just refreshed this session.");
    }

    private static String sessionOf(UUID id) {
        return "sessions/" + id;
    }
}
