package io.freehold.security.auth;

import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditThrottle;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.hashing.PasswordHasher;
import io.freehold.security.hashing.PasswordPolicy;
import io.freehold.security.rbac.Accounts;
import io.freehold.security.rbac.Memberships;
import io.freehold.security.rbac.RoleAuthorizer;
import io.freehold.security.support.Randoms;
import java.nio.file.Path;
import java.time.Clock;
import javax.crypto.SecretKey;

/** Puts this room together: everything about who somebody is. */
public final class Auth {
    private static final int REMEMBERED_TOKENS = 10_000;

    private final TokenAuthenticator authenticator;
    private final Sessions sessions;
    private final Setup setup;
    private final Users users;

    /**
     * What the room needs.
     *
     * @param accessKey 256 bits that sign access tokens
     * @param setupToken the file of the setup token
     * @param clock one that never runs backwards
     */
    public record Needs(
            Transactions transactions,
            Accounts accounts,
            RoleAuthorizer authorizer,
            Memberships memberships,
            AuditTrail trail,
            PasswordHasher hasher,
            PasswordPolicy policy,
            Randoms randoms,
            Clock clock,
            SecretKey accessKey,
            Path setupToken) {}

    /** Puts it together and reads the sessions that stand. */
    public Auth(Needs needs) {
        Transactions transactions = needs.transactions();
        Clock clock = needs.clock();
        LiveSessions live = new LiveSessions(clock);
        SessionTable table = new SessionTable(transactions, live);
        table.load(clock.millis());
        AccessTokens accessTokens = new AccessTokens(needs.accessKey(), clock);
        TokenIssuer issuer = new TokenIssuer(accessTokens, needs.randoms());
        Tickets tickets = new Tickets(needs.randoms(), clock);
        SignInLimits limits = new SignInLimits(clock);
        authenticator = new TokenAuthenticator(
                accessTokens,
                new VerifiedTokens(REMEMBERED_TOKENS, clock),
                tickets,
                live,
                needs.accounts(),
                needs.trail(),
                new AuditThrottle(clock, SignInLimits.WINDOW));
        sessions = new Sessions(
                transactions,
                new PasswordSignIn(
                        transactions,
                        needs.hasher(),
                        limits,
                        table,
                        issuer,
                        needs.accounts(),
                        needs.trail(),
                        needs.randoms(),
                        clock),
                new Refreshing(transactions, table, issuer, needs.trail(), clock),
                new PasswordChange(
                        transactions,
                        needs.hasher(),
                        needs.policy(),
                        limits,
                        table,
                        needs.accounts(),
                        needs.trail(),
                        clock),
                tickets,
                table,
                needs.accounts(),
                needs.trail(),
                clock);
        setup = new Setup(
                transactions,
                new SetupToken(needs.setupToken()),
                needs.hasher(),
                needs.policy(),
                needs.accounts(),
                needs.trail(),
                needs.randoms(),
                clock);
        users = new Users(
                transactions,
                needs.hasher(),
                needs.policy(),
                table,
                needs.accounts(),
                needs.authorizer(),
                needs.memberships(),
                needs.trail(),
                needs.randoms(),
                clock);
    }

    public TokenAuthenticator authenticator() {
        return authenticator;
    }

    public Sessions sessions() {
        return sessions;
    }

    public Setup setup() {
        return setup;
    }

    public Users users() {
        return users;
    }
}
