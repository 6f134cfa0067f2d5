package io.freehold.security;

import io.freehold.api.Settings;
import io.freehold.api.audit.AuditListener;
import io.freehold.api.audit.AuditLog;
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
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.audit.ChainedAuditLog;
import io.freehold.security.auth.Auth;
import io.freehold.security.auth.AuthSettings;
import io.freehold.security.hashing.HashingGate;
import io.freehold.security.hashing.PasswordHasher;
import io.freehold.security.hashing.PasswordPolicy;
import io.freehold.security.rbac.Accounts;
import io.freehold.security.rbac.BuiltInRoles;
import io.freehold.security.rbac.RoleAuthorizer;
import io.freehold.security.rbac.Roles;
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
import javax.crypto.spec.SecretKeySpec;

/** The services of this bundle, put together: what is connected to what stands here. */
record Security(
        Authenticator authenticator,
        Authorizer authorizer,
        SessionService sessions,
        SetupService setup,
        UserService users,
        RoleService roles,
        TotpService totp,
        ApiTokenService apiTokens,
        Secrets secrets,
        AuditLog auditLog,
        BuiltInRoles builtInRoles,
        Accounts accounts,
        PasswordHasher hasher) {
    private static final String ACCESS_KEY = "access-token.key";
    private static final Duration HASHING_PATIENCE = Duration.ofSeconds(2);

    /**
     * Brings tables up to date, reads or makes the keys, and reads into memory what every request needs.
     *
     * @param settings the data folder, and what was decided about signing in
     * @param clock the time of day
     * @param nanoTime the time that has passed
     * @param listeners may change at any time
     * @throws io.freehold.api.FreeholdException with one line for the operator if it cannot be safe so
     */
    static Security open(
            Transactions transactions,
            Settings settings,
            Clock clock,
            LongSupplier nanoTime,
            List<AuditListener> listeners) {
        Path data = settings.data();
        AuthSettings authSettings = AuthSettings.of(settings);
        transactions.migrate(
                "security",
                List.of(Migration.of(Security.class, "001-security"), Migration.of(Security.class, "002-auth")));
        Randoms randoms = new Randoms();
        KeyFiles keys = new KeyFiles(data.resolve("keys"), randoms);
        byte[] secretsKey = SecretsKey.of(settings, keys);
        KeyOwnership.check(transactions, SecretsKey.NAME, secretsKey);

        Clock steady = new SteadyClock(clock, nanoTime);
        AuditTrail trail = new AuditTrail(transactions, clock, listeners);
        BuiltInRoles builtIn = new BuiltInRoles();
        Accounts accounts = new Accounts(transactions, builtIn, randoms, authSettings.totpRoles());
        accounts.load();
        TokenGrants grants = new TokenGrants();
        RoleAuthorizer authorizer = new RoleAuthorizer(accounts, grants, trail, steady);
        SealedSecrets secrets = new SealedSecrets(secretsKey, randoms);
        PasswordHasher hasher = new PasswordHasher(
                new HashingGate(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), HASHING_PATIENCE));
        Auth auth = new Auth(new Auth.Needs(
                transactions,
                accounts,
                authorizer,
                grants,
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
                new Roles(transactions, builtIn, accounts, authorizer, trail, randoms, steady),
                auth.totp(),
                auth.apiTokens(),
                secrets,
                new ChainedAuditLog(transactions, trail, authorizer),
                builtIn,
                accounts,
                hasher);
    }
}
