package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Secret;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Authenticator;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Credential;
import io.freehold.api.security.Origin;
import io.freehold.api.security.Principal;
import io.freehold.security.audit.AuditThrottle;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.rbac.Account;
import io.freehold.security.rbac.Accounts;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jspecify.annotations.Nullable;

/**
 * Says who a client is by its access token, API token or ticket. A token that was seen before costs three
 * look-ups in memory; whether its session still stands is asked every time.
 */
public final class TokenAuthenticator implements Authenticator {
    private final AccessTokens tokens;
    private final VerifiedTokens verified;
    private final Tickets tickets;
    private final LiveSessions sessions;
    private final Accounts accounts;
    private final ApiTokenSignIn apiTokens;
    private final CsrfTokens csrfTokens;
    private final AuditTrail trail;
    private final AuditThrottle forgeries;

    TokenAuthenticator(
            AccessTokens tokens,
            VerifiedTokens verified,
            Tickets tickets,
            LiveSessions sessions,
            Accounts accounts,
            ApiTokenSignIn apiTokens,
            CsrfTokens csrfTokens,
            AuditTrail trail,
            AuditThrottle forgeries) {
        this.tokens = tokens;
        this.verified = verified;
        this.tickets = tickets;
        this.sessions = sessions;
        this.accounts = accounts;
        this.apiTokens = apiTokens;
        this.csrfTokens = csrfTokens;
        this.trail = trail;
        this.forgeries = forgeries;
    }

    @Override
    public Caller authenticate(Credential credential, Origin origin) {
        if (credential instanceof Credential.Bearer bearer) {
            return bearer(bearer.token().reveal(), origin);
        }
        Credential.Ticket ticket = (Credential.Ticket) credential;
        return tickets.use(ticket.ticket(), ticket.path())
                .filter(this::isCurrent)
                .map(caller -> new Caller(caller.principal(), caller.name(), caller.sessionId(), origin))
                .orElseThrow(() -> bad("The ticket is not valid here, used up or too old."));
    }

    @Override
    public boolean isCurrent(Caller caller) {
        if (caller.principal().type() == Principal.Type.TOKEN) {
            return apiTokens.isCurrent(caller);
        }
        if (caller.sessionId() == null) {
            return caller.principal().type() == Principal.Type.SYSTEM
                    && !caller.principal().equals(Principal.ANONYMOUS);
        }
        Account account = accounts.find(caller.principal());
        return account != null && account.enabled() && sessions.stands(caller.sessionId(), caller.principal());
    }

    @Override
    public void requireReady(Caller caller) {
        apiTokens.requireReady(caller);
        Account account = accounts.find(caller.principal());
        if (account != null) {
            account.owed().ifPresent(owed -> {
                throw owed;
            });
        }
    }

    @Override
    public Secret csrfToken(Caller caller) {
        return csrfTokens.of(caller);
    }

    @Override
    public Caller owner(Origin origin) {
        return new Caller(Principal.OWNER, "owner", null, origin);
    }

    private Caller bearer(String token, Origin origin) {
        if (!AccessTokens.plausible(token)) {
            throw bad("The access token is not valid.");
        }
        if (token.startsWith(ApiTokens.PREFIX)) {
            return apiTokens.authenticate(token, origin);
        }
        VerifiedToken known = verified.find(token);
        if (known == null) {
            known = verify(token, origin);
            verified.remember(token, known);
        }
        Account account = accounts.find(known.principal());
        if (account == null || !account.enabled() || !sessions.stands(known.sessionId(), known.principal())) {
            throw bad("The session has ended. Sign in again.");
        }
        return new Caller(known.principal(), account.user().username(), known.sessionId(), origin);
    }

    private VerifiedToken verify(String token, Origin origin) {
        try {
            return tokens.verify(token);
        } catch (InvalidJwtException e) {
            if (e.hasExpired()) {
                throw bad("The access token has expired.", e);
            }
            forgeries.record(
                    Source.of(origin.source()).key(),
                    more -> trail.record(
                            Anonymous.from(origin),
                            "auth.token",
                            "",
                            Outcome.DENIED,
                            "not a token of this Freehold" + more));
            throw bad("The access token is not valid.", e);
        }
    }

    private static FreeholdException bad(String message) {
        return bad(message, null);
    }

    private static FreeholdException bad(String message, @Nullable Throwable cause) {
        return new FreeholdException(ErrorCode.UNAUTHENTICATED, message, cause);
    }
}
