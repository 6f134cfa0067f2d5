package io.freehold.security.auth;

import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.api.security.SessionService.Tokens;
import io.freehold.api.security.User;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.rbac.Accounts;
import io.freehold.security.support.Hashes;
import io.freehold.security.support.Randoms;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/** Begins sessions of users who have shown who they are. */
final class SessionOpening {
    private final SessionTable sessions;
    private final TokenIssuer issuer;
    private final Accounts accounts;
    private final AuditTrail trail;
    private final Randoms randoms;
    private final SessionTimes times;
    private final Clock clock;

    SessionOpening(
            SessionTable sessions,
            TokenIssuer issuer,
            Accounts accounts,
            AuditTrail trail,
            Randoms randoms,
            SessionTimes times,
            Clock clock) {
        this.sessions = sessions;
        this.issuer = issuer;
        this.accounts = accounts;
        this.trail = trail;
        this.randoms = randoms;
        this.times = times;
        this.clock = clock;
    }

    /** A session that was just begun. */
    record Opened(User user, SessionTable.Row session, String refreshToken) {}

    /** Begins one in the running transaction, with its audit entry. */
    Opened open(Connection connection, UUID userId, Source source, Origin origin, String action) throws SQLException {
        long time = clock.millis();
        UserTable.seen(connection, userId, time);
        accounts.seen(userId, Instant.ofEpochMilli(time));
        String place = KnownSources.isNew(connection, userId, source) ? "from a new place" : "";
        KnownSources.add(connection, userId, source, time);
        sessions.sweep(connection, time);
        SessionTable.Row session = new SessionTable.Row(
                randoms.id(),
                userId,
                origin.source(),
                time,
                time,
                time + times.absolute().toMillis());
        String refreshToken = issuer.refreshToken();
        sessions.insert(connection, session, Hashes.hex(refreshToken));
        User user = UserTable.get(connection, userId).user();
        Caller caller = new Caller(Accounts.principal(userId), user.username(), session.id(), origin);
        trail.record(connection, caller, action, "users/" + userId, Outcome.SUCCESS, place);
        return new Opened(user, session, refreshToken);
    }

    /** What the client of a session gets, once the transaction that began it has committed. */
    Tokens tokens(Opened opened) {
        return issuer.issue(opened.user(), opened.session(), opened.refreshToken());
    }
}
