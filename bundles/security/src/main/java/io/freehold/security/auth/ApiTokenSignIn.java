package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Origin;
import io.freehold.security.audit.AuditThrottle;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.rbac.Account;
import io.freehold.security.rbac.Accounts;
import io.freehold.security.support.Hashes;
import java.time.Clock;
import java.time.Duration;

/**
 * Says who shows an API token. Unknown ones are limited by source; a good one is never turned away for them, since
 * nobody guesses 256 bits.
 */
final class ApiTokenSignIn {
    private static final int UNKNOWN_PER_SOURCE = 50;

    private final LiveTokens tokens;
    private final Accounts accounts;
    private final AuditTrail trail;
    private final AttemptLimit guesses;
    private final AuditThrottle limited;

    ApiTokenSignIn(LiveTokens tokens, Accounts accounts, AuditTrail trail, Clock clock) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.trail = trail;
        this.guesses = new AttemptLimit(UNKNOWN_PER_SOURCE, SignInLimits.WINDOW, Duration.ZERO, clock);
        this.limited = new AuditThrottle(clock, SignInLimits.WINDOW);
    }

    Caller authenticate(String token, Origin origin) {
        LiveTokens.Live live = tokens.find(Hashes.hex(token));
        Account owner = live == null ? null : accounts.find(live.owner());
        if (live == null || owner == null || !owner.enabled()) {
            throw unknown(origin);
        }
        tokens.used(live);
        String name = live.token().name() + " (" + owner.user().username() + ")";
        return new Caller(live.principal(), name, null, origin);
    }

    /** Whether the caller's token still is one, and its owner may use it. */
    boolean isCurrent(Caller caller) {
        LiveTokens.Live live = tokens.find(caller.principal());
        Account owner = live == null ? null : accounts.find(live.owner());
        return owner != null && owner.enabled();
    }

    /** Refuses a token whose owner has something to do before anything else. */
    void requireReady(Caller caller) {
        LiveTokens.Live live = tokens.find(caller.principal());
        Account owner = live == null ? null : accounts.find(live.owner());
        if (owner != null) {
            owner.owed().ifPresent(owed -> {
                throw owed;
            });
        }
    }

    private FreeholdException unknown(Origin origin) {
        String source = Source.of(origin.source()).key();
        limited.record(
                source,
                more -> trail.record(
                        Anonymous.from(origin), "auth.token", "", Outcome.DENIED, "unknown API token" + more));
        guesses.begin(source).failed();
        return new FreeholdException(
                ErrorCode.UNAUTHENTICATED, "The API token is not valid: it is unknown, expired or revoked.");
    }
}
