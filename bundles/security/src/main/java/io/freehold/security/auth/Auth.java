package io.freehold.security.auth;

import io.freehold.api.security.Secrets;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditThrottle;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.hashing.PasswordHasher;
import io.freehold.security.hashing.PasswordPolicy;
import io.freehold.security.rbac.Accounts;
import io.freehold.security.rbac.Memberships;
import io.freehold.security.rbac.RoleAuthorizer;
import io.freehold.security.rbac.TokenGrants;
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
    private final Totp totp;
    private final ApiTokens apiTokens;

    /**
     * What the room needs.
     *
     * @param grants what API tokens may do
     * @param accessKey 256 bits that sign access tokens
     * @param setupToken the file of the setup token
     * @param clock one that never runs backwards
     */
    public record Needs(
            Transactions transactions,
            Accounts accounts,
            RoleAuthorizer authorizer,
            TokenGrants grants,
            Memberships memberships,
            AuditTrail trail,
            PasswordHasher hasher,
            PasswordPolicy policy,
            Secrets secrets,
            AuthSettings settings,
            Randoms randoms,
            Clock clock,
            SecretKey accessKey,
            Path setupToken) {}

    /** Puts it together and reads the sessions and API tokens that stand. */
    public Auth(Needs needs) {
        Transactions transactions = needs.transactions();
        Accounts accounts = needs.accounts();
        AuditTrail trail = needs.trail();
        PasswordHasher hasher = needs.hasher();
        Randoms randoms = needs.randoms();
        SessionTimes times = needs.settings().times();
        Clock clock = needs.clock();
        LiveSessions live = new LiveSessions(clock);
        SessionTable table = new SessionTable(transactions, live, times);
        table.load(clock.millis());
        LiveTokens liveTokens = new LiveTokens(transactions, needs.grants(), clock);
        liveTokens.load();
        AccessTokens accessTokens = new AccessTokens(needs.accessKey(), clock);
        TokenIssuer issuer = new TokenIssuer(accessTokens, randoms, times);
        Tickets tickets = new Tickets(randoms, clock);
        SignInLimits limits = new SignInLimits(clock);
        Reauthentication asking = new Reauthentication(limits, trail, clock);
        SecondFactor factor = new SecondFactor(needs.secrets(), clock);
        UserGuard guard = new UserGuard(accounts, needs.authorizer());
        UserImport imports = new UserImport(
                transactions,
                hasher,
                accounts,
                needs.authorizer(),
                trail,
                randoms,
                needs.settings().legacy(),
                clock);
        imports.expire();
        authenticator = new TokenAuthenticator(
                accessTokens,
                new VerifiedTokens(REMEMBERED_TOKENS, clock),
                tickets,
                live,
                accounts,
                new ApiTokenSignIn(liveTokens, accounts, trail, clock),
                new CsrfTokens(needs.accessKey()),
                trail,
                new AuditThrottle(clock, SignInLimits.WINDOW));
        sessions = new Sessions(
                transactions,
                new PasswordSignIn(
                        transactions,
                        hasher,
                        limits,
                        factor,
                        new SessionOpening(table, issuer, accounts, trail, randoms, times, clock),
                        imports,
                        trail,
                        clock),
                new Refreshing(transactions, table, issuer, trail, times, clock),
                new PasswordChange(transactions, hasher, needs.policy(), asking, table, accounts, trail),
                tickets,
                table,
                accounts,
                guard,
                trail,
                times,
                clock);
        setup = new Setup(
                transactions,
                new SetupToken(needs.setupToken()),
                hasher,
                needs.policy(),
                accounts,
                trail,
                randoms,
                clock);
        apiTokens = new ApiTokens(transactions, liveTokens, needs.authorizer(), guard, trail, randoms, clock);
        users = new Users(
                transactions,
                hasher,
                needs.policy(),
                table,
                accounts,
                needs.authorizer(),
                guard,
                imports,
                apiTokens,
                limits,
                needs.memberships(),
                trail,
                randoms,
                clock);
        totp = new Totp(transactions, factor, hasher, asking, table, accounts, guard, trail, randoms, clock);
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

    public Totp totp() {
        return totp;
    }

    public ApiTokens apiTokens() {
        return apiTokens;
    }
}
