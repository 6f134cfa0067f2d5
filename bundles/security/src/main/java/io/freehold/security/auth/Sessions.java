package io.freehold.security.auth;

import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.SessionService;
import io.freehold.api.security.User;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.rbac.Account;
import io.freehold.security.rbac.Accounts;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sessions as the API offers them. */
public final class Sessions implements SessionService {
    private final Transactions transactions;
    private final PasswordSignIn signIn;
    private final Refreshing refreshing;
    private final PasswordChange passwordChange;
    private final Tickets tickets;
    private final SessionTable sessions;
    private final Accounts accounts;
    private final UserGuard guard;
    private final AuditTrail trail;
    private final SessionTimes times;
    private final Clock clock;

    Sessions(
            Transactions transactions,
            PasswordSignIn signIn,
            Refreshing refreshing,
            PasswordChange passwordChange,
            Tickets tickets,
            SessionTable sessions,
            Accounts accounts,
            UserGuard guard,
            AuditTrail trail,
            SessionTimes times,
            Clock clock) {
        this.transactions = transactions;
        this.signIn = signIn;
        this.refreshing = refreshing;
        this.passwordChange = passwordChange;
        this.tickets = tickets;
        this.sessions = sessions;
        this.accounts = accounts;
        this.guard = guard;
        this.trail = trail;
        this.times = times;
        this.clock = clock;
    }

    @Override
    public Tokens login(String username, Secret password, @Nullable Secret code, Origin origin) {
        return signIn.login(username, password, code, origin);
    }

    @Override
    public Tokens refresh(Secret refreshToken, Origin origin) {
        return refreshing.refresh(refreshToken, origin);
    }

    @Override
    public void logout(Caller caller) {
        guard.refuseTokens(caller);
        UUID session = caller.sessionId();
        if (session == null) {
            return;
        }
        UUID userId = userId(caller);
        transactions.write(connection -> {
            trail.hold(connection);
            boolean ended = sessions.end(connection, userId, session);
            if (ended) {
                trail.record(connection, caller, "auth.logout", "sessions/" + session, Outcome.SUCCESS, "");
            }
            return ended;
        });
    }

    @Override
    public User me(Caller caller) {
        return account(caller).user();
    }

    @Override
    public List<Session> sessions(Caller caller) {
        guard.refuseTokens(caller);
        Account account = accounts.find(caller.principal());
        return account == null ? List.of() : all(caller, account.user().id());
    }

    @Override
    public List<Session> sessions(Caller caller, UUID userId) {
        guard.requireVisible(caller, userId);
        if (accounts.find(Accounts.principal(userId)) == null) {
            throw FreeholdException.notFound("user");
        }
        return all(caller, userId);
    }

    private List<Session> all(Caller caller, UUID userId) {
        List<SessionTable.Row> rows =
                transactions.read(connection -> sessions.ofUser(connection, userId, clock.millis()));
        return rows.stream().map(row -> session(row, caller)).toList();
    }

    @Override
    public void end(Caller caller, UUID sessionId) {
        endOne(caller, userId(caller), sessionId);
    }

    @Override
    public void end(Caller caller, UUID userId, UUID sessionId) {
        guard.requireOver(caller, Permissions.USER_UPDATE, userId, "user.session-end");
        endOne(caller, userId, sessionId);
    }

    @Override
    public void endAll(Caller caller, UUID userId) {
        guard.requireOver(caller, Permissions.USER_UPDATE, userId, "user.sessions-end");
        transactions.write(connection -> {
            trail.hold(connection);
            int ended = sessions.endAll(connection, userId, null);
            trail.record(
                    connection, caller, "user.sessions-end", "users/" + userId, Outcome.SUCCESS, ended + " sessions");
            return ended;
        });
    }

    private void endOne(Caller caller, UUID userId, UUID sessionId) {
        transactions.write(connection -> {
            trail.hold(connection);
            if (!sessions.end(connection, userId, sessionId)) {
                throw FreeholdException.notFound("session");
            }
            trail.record(connection, caller, "auth.session-end", "sessions/" + sessionId, Outcome.SUCCESS, "");
            return sessionId;
        });
    }

    @Override
    public void changePassword(Caller caller, Secret currentPassword, Secret newPassword) {
        passwordChange.change(caller, userId(caller), currentPassword, newPassword);
    }

    @Override
    public Ticket ticket(Caller caller, String path) {
        return tickets.issue(caller, path);
    }

    private UUID userId(Caller caller) {
        return account(caller).user().id();
    }

    private Account account(Caller caller) {
        return guard.own(caller);
    }

    private Session session(SessionTable.Row row, Caller caller) {
        return new Session(
                row.id(),
                row.source(),
                Instant.ofEpochMilli(row.createdAt()),
                Instant.ofEpochMilli(row.lastUsedAt()),
                Instant.ofEpochMilli(row.endsAt(times)),
                row.id().equals(caller.sessionId()));
    }
}
