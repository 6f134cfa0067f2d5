package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.Secret;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.ApiTokenService;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.rbac.Account;
import io.freehold.security.rbac.Accounts;
import io.freehold.security.rbac.RoleAuthorizer;
import io.freehold.security.support.Hashes;
import io.freehold.security.support.Randoms;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** API tokens as the API offers them. Each change is one transaction with its audit entry. */
public final class ApiTokens implements ApiTokenService {
    /** How every secret begins, so that one that was published by mistake is found. */
    static final String PREFIX = "fh_";

    private static final int MOST_PER_USER = 100;
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,64}");

    private final Transactions transactions;
    private final LiveTokens live;
    private final RoleAuthorizer authorizer;
    private final UserGuard guard;
    private final AuditTrail trail;
    private final Randoms randoms;
    private final Clock clock;

    ApiTokens(
            Transactions transactions,
            LiveTokens live,
            RoleAuthorizer authorizer,
            UserGuard guard,
            AuditTrail trail,
            Randoms randoms,
            Clock clock) {
        this.transactions = transactions;
        this.live = live;
        this.authorizer = authorizer;
        this.guard = guard;
        this.trail = trail;
        this.randoms = randoms;
        this.clock = clock;
    }

    @Override
    public NewToken create(
            Caller caller,
            String name,
            @Nullable Set<Permission> permissions,
            Scope scope,
            @Nullable Instant expiresAt) {
        Account account = guard.own(caller);
        account.owed().ifPresent(owed -> {
            throw owed;
        });
        if (!NAME.matcher(name).matches() || name.isBlank()) {
            throw FreeholdException.invalid("name", "must have 1 to 64 characters");
        }
        Instant now = Instant.ofEpochMilli(clock.millis());
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw FreeholdException.invalid("expiresAt", "must be in the future");
        }
        if (permissions != null) {
            requireHeld(caller, permissions, scope);
        }
        Secret secret = Secret.of(PREFIX + randoms.token());
        ApiToken token =
                new ApiToken(randoms.id(), account.user().id(), name, permissions, scope, now, expiresAt, null);
        ApiTokenTable.Row row = new ApiTokenTable.Row(token, Hashes.hex(secret.reveal()));
        transactions.write(connection -> {
            trail.hold(connection);
            UserTable.get(connection, token.owner());
            if (ApiTokenTable.ofOwner(connection, token.owner()).size() >= MOST_PER_USER) {
                throw new FreeholdException(
                        ErrorCode.CONFLICT,
                        "TOO_MANY_API_TOKENS",
                        "You have " + MOST_PER_USER + " API tokens. Delete one that is not used.");
            }
            ApiTokenTable.insert(connection, row);
            transactions.afterCommit(() -> live.put(row));
            record(connection, caller, "api-token.create", token);
            return token;
        });
        return new NewToken(token, secret);
    }

    /** Nobody hands on what they do not hold themselves. */
    private void requireHeld(Caller caller, Set<Permission> permissions, Scope scope) {
        if (permissions.isEmpty()) {
            throw FreeholdException.invalid("permissions", "must not be empty; leave it out for all that you hold");
        }
        for (Permission permission : permissions) {
            if (!authorizer.covers(caller, Set.of(permission), scope)) {
                throw authorizer.denied(
                        caller,
                        "api-token.create",
                        "api-tokens",
                        "You do not hold " + permission + " at " + scope + ", so your token cannot.");
            }
        }
    }

    @Override
    public Page<ApiToken> list(Caller caller, @Nullable UUID owner, PageRequest page) {
        if (owner == null || !caller.principal().equals(Accounts.principal(owner))) {
            authorizer.require(caller, Permissions.USER_READ, "api-tokens");
        }
        return transactions.read(connection -> ApiTokenTable.page(connection, owner, page));
    }

    @Override
    public ApiToken apiToken(Caller caller, UUID id) {
        return visible(caller, id).token();
    }

    @Override
    public void revoke(Caller caller, UUID id) {
        guard.refuseTokens(caller);
        ApiToken token = visible(caller, id).token();
        if (!caller.principal().equals(Accounts.principal(token.owner()))) {
            guard.requireOver(caller, Permissions.USER_UPDATE, token.owner(), "api-token.delete");
        }
        transactions.write(connection -> {
            trail.hold(connection);
            if (ApiTokenTable.find(connection, id).isEmpty()) {
                throw FreeholdException.notFound("API token");
            }
            delete(connection, token);
            record(connection, caller, "api-token.delete", token);
            return token;
        });
    }

    /** Deletes the tokens of a user who is deleted or gets a new password, in the running transaction. */
    void deleteAll(Connection connection, UUID owner) throws SQLException {
        for (ApiTokenTable.Row row : ApiTokenTable.ofOwner(connection, owner)) {
            delete(connection, row.token());
        }
    }

    private void delete(Connection connection, ApiToken token) throws SQLException {
        ApiTokenTable.delete(connection, token.id());
        transactions.afterCommit(() -> live.remove(token.id()));
    }

    private ApiTokenTable.Row visible(Caller caller, UUID id) {
        Optional<ApiTokenTable.Row> row = transactions.read(connection -> ApiTokenTable.find(connection, id));
        boolean own = row.isPresent()
                && caller.principal()
                        .equals(Accounts.principal(row.get().token().owner()));
        if (row.isEmpty() || !(own || authorizer.access(caller).allows(Permissions.USER_READ))) {
            throw FreeholdException.notFound("API token");
        }
        return row.get();
    }

    private void record(Connection connection, Caller caller, String action, ApiToken token) throws SQLException {
        trail.record(connection, caller, action, "api-tokens/" + token.id(), Outcome.SUCCESS, token.name());
    }
}
