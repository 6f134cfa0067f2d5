package io.freehold.security;

import io.freehold.api.Settings;
import io.freehold.api.audit.AuditListener;
import io.freehold.api.audit.AuditLog;
import io.freehold.api.project.ScopeOwner;
import io.freehold.api.security.ApiTokenService;
import io.freehold.api.security.Authenticator;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.RoleService;
import io.freehold.api.security.Secrets;
import io.freehold.api.security.SessionService;
import io.freehold.api.security.SetupService;
import io.freehold.api.security.TotpService;
import io.freehold.api.security.UserService;
import io.freehold.api.storage.Migration;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.Anchors;
import io.freehold.security.audit.AuditSettings;
import io.freehold.security.audit.AuditThrottle;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.audit.ChainedAuditLog;
import io.freehold.security.audit.Sealing;
import io.freehold.security.audit.Segments;
import io.freehold.security.auth.Auth;
import io.freehold.security.auth.AuthSettings;
import io.freehold.security.hashing.HashingGate;
import io.freehold.security.hashing.PasswordHasher;
import io.freehold.security.hashing.PasswordPolicy;
import io.freehold.security.rbac.Accounts;
import io.freehold.security.rbac.BuiltInRoles;
import io.freehold.security.rbac.Rbac;
import io.freehold.security.rbac.RoleAuthorizer;
import io.freehold.security.rbac.TokenGrants;
import io.freehold.security.secrets.KeyFiles;
import io.freehold.security.secrets.KeyOwnership;
import io.freehold.security.secrets.SealedSecrets;
import io.freehold.security.secrets.SecretsKey;
import io.freehold.security.support.Randoms;
import io.freehold.security.support.SteadyClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/** The services of this bundle, put together: what is connected to what stands here. */
record Security(
        Authenticator authenticator,
        Authorizer authorizer,
        SessionService sessions,
        SetupService setup,
        UserService users,
        Rbac rbac,
        TotpService totp,
        ApiTokenService apiTokens,
        Secrets secrets,
        AuditLog auditLog,
        Anchors anchors,
        Sealing sealing,
        BuiltInRoles builtInRoles,
        Accounts accounts,
        PasswordHasher hasher) {
    private static final String ACCESS_KEY = "access-token.key";
    private static final String CHECKPOINT_KEY = "audit-checkpoint.key";
    private static final String SEGMENTS = "audit-segments";
    private static final Duration HASHING_PATIENCE = Duration.ofSeconds(2);
    private static final Duration AUDIT_ALARMS = Duration.ofMinutes(15);

    RoleService roles() {
        return rbac.roles();
    }

    /**
     * Brings tables up to date, reads or makes the keys, and reads into memory what every request needs.
     *
     * @param settings the data folder, and what was decided about signing in
     * @param clock the time of day
     * @param nanoTime the time that has passed
     * @param listeners may change at any time
     * @param owners may change at any time
     * @throws io.freehold.api.FreeholdException with one line for the operator if it cannot be safe so
     */
    static Security open(
            Transactions transactions,
            Settings settings,
            Clock clock,
            LongSupplier nanoTime,
            List<AuditListener> listeners,
            List<ScopeOwner> owners) {
        Path data = settings.data();
        AuditSettings audit = AuditSettings.of(settings);
        AuthSettings authSettings = AuthSettings.of(settings);
        transactions.migrate(
                "security",
                Stream.of("001-security", "002-rbac", "003-auth", "004-audit-segments")
                        .map(name -> Migration.of(Security.class, name))
                        .toList());
        Randoms randoms = new Randoms();
        KeyFiles keys = new KeyFiles(data.resolve("keys"), randoms);
        byte[] secretsKey = SecretsKey.of(settings, keys);
        KeyOwnership.check(transactions, SecretsKey.NAME, secretsKey);

        Clock steady = new SteadyClock(clock, nanoTime);
        AuditTrail trail = new AuditTrail(transactions, clock, listeners);
        Segments segments = new Segments(data.resolve(SEGMENTS), keys.key(CHECKPOINT_KEY), clock);
        Anchors anchors = new Anchors(transactions, trail, segments, audit.anchorFile(), audit.anchorPost());
        BuiltInRoles builtIn = new BuiltInRoles();
        Accounts accounts = new Accounts(transactions, builtIn, randoms, authSettings.totpRoles());
        accounts.requireSecondFactorRoles();
        accounts.load();
        TokenGrants grants = new TokenGrants();
        RoleAuthorizer authorizer = new RoleAuthorizer(accounts, grants, trail, steady);
        SealedSecrets secrets = new SealedSecrets(secretsKey, randoms);
        Rbac rbac =
                new Rbac(new Rbac.Needs(transactions, builtIn, accounts, authorizer, trail, owners, randoms, steady));
        PasswordHasher hasher = new PasswordHasher(
                new HashingGate(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), HASHING_PATIENCE));
        Auth auth = new Auth(new Auth.Needs(
                transactions,
                accounts,
                authorizer,
                grants,
                rbac.memberships(),
                trail,
                hasher,
                new PasswordPolicy(),
                secrets,
                authSettings,
                randoms,
                steady,
                new SecretKeySpec(keys.key(ACCESS_KEY), "HmacSHA256"),
                data.resolve("setup-token")));
        auth.setup().prepare();
        return new Security(
                auth.authenticator(),
                authorizer,
                auth.sessions(),
                auth.setup(),
                auth.users(),
                rbac,
                auth.totp(),
                auth.apiTokens(),
                secrets,
                new ChainedAuditLog(
                        transactions, trail, authorizer, anchors, segments, new AuditThrottle(steady, AUDIT_ALARMS)),
                anchors,
                new Sealing(transactions, trail, anchors, segments, clock, audit),
                builtIn,
                accounts,
                hasher);
    }
}
