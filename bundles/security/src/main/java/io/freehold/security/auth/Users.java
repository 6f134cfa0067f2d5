package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.Secret;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.User;
import io.freehold.api.security.UserService;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.hashing.PasswordHasher;
import io.freehold.security.hashing.PasswordPolicy;
import io.freehold.security.rbac.Accounts;
import io.freehold.security.rbac.Administrators;
import io.freehold.security.rbac.Bindings;
import io.freehold.security.rbac.Memberships;
import io.freehold.security.rbac.RoleAuthorizer;
import io.freehold.security.support.Randoms;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Users as the API offers them. Each change is one transaction with its audit entry. */
public final class Users implements UserService {
    private final Transactions transactions;
    private final PasswordHasher hasher;
    private final PasswordPolicy policy;
    private final SessionTable sessions;
    private final Accounts accounts;
    private final RoleAuthorizer authorizer;
    private final UserGuard guard;
    private final UserImport imports;
    private final ApiTokens tokens;
    private final SignInLimits limits;
    private final Memberships memberships;
    private final AuditTrail trail;
    private final Randoms randoms;
    private final Clock clock;

    Users(
            Transactions transactions,
            PasswordHasher hasher,
            PasswordPolicy policy,
            SessionTable sessions,
            Accounts accounts,
            RoleAuthorizer authorizer,
            UserGuard guard,
            UserImport imports,
            ApiTokens tokens,
            SignInLimits limits,
            Memberships memberships,
            AuditTrail trail,
            Randoms randoms,
            Clock clock) {
        this.transactions = transactions;
        this.hasher = hasher;
        this.policy = policy;
        this.sessions = sessions;
        this.accounts = accounts;
        this.authorizer = authorizer;
        this.guard = guard;
        this.imports = imports;
        this.tokens = tokens;
        this.limits = limits;
        this.memberships = memberships;
        this.trail = trail;
        this.randoms = randoms;
        this.clock = clock;
    }

    @Override
    public Page<User> list(Caller caller, PageRequest page) {
        authorizer.require(caller, Permissions.USER_READ, "users");
        return transactions.read(connection -> UserTable.page(connection, false, page));
    }

    @Override
    public Page<User> legacy(Caller caller, PageRequest page) {
        authorizer.require(caller, Permissions.USER_READ, "users");
        return transactions.read(connection -> UserTable.page(connection, true, page));
    }

    @Override
    public User get(Caller caller, UUID id) {
        guard.requireVisible(caller, id);
        return transactions.read(connection -> UserTable.get(connection, id).user());
    }

    @Override
    public User find(Caller caller, String username) {
        Optional<UserTable.Row> found = transactions.read(connection -> UserTable.find(connection, username));
        if (found.isEmpty()) {
            authorizer.require(caller, Permissions.USER_READ, Permissions.USER_READ, List.of(), "user", "users");
            throw FreeholdException.notFound("user");
        }
        return get(caller, found.get().user().id());
    }

    @Override
    public User create(Caller caller, String username, Secret password, @Nullable String email, Set<UUID> groups) {
        authorizer.require(caller, Permissions.USER_CREATE, "users");
        Memberships.Admitted admitted = memberships.admit(caller, groups);
        Usernames.check(username, email);
        policy.check("password", password, username);
        String hash = hasher.hashInTurn(password);
        User user = new User(randoms.id(), username, email, true, false, Instant.ofEpochMilli(clock.millis()), null, 1);
        return transactions.write(connection -> {
            trail.hold(connection);
            UserTable.insert(connection, user, hash);
            memberships.join(connection, caller, user.id(), admitted);
            return finish(connection, caller, "user.create", user, username);
        });
    }

    @Override
    public User update(Caller caller, UUID id, @Nullable String email, long version) {
        guard.requireOver(caller, Permissions.USER_UPDATE, id, "user.update");
        Usernames.checkEmail(email);
        return transactions.write(connection -> {
            trail.hold(connection);
            UserTable.Row row = UserTable.get(connection, id);
            if (row.user().version() != version) {
                throw new FreeholdException(ErrorCode.STALE, "The user has changed since. Read it again.");
            }
            User changed = UserTable.update(connection, withEmail(row.user(), email));
            return finish(connection, caller, "user.update", changed, "e-mail address");
        });
    }

    @Override
    public User setEnabled(Caller caller, UUID id, boolean enabled) {
        String action = enabled ? "user.enable" : "user.disable";
        guard.requireOver(caller, Permissions.USER_UPDATE, id, action);
        return transactions.write(connection -> {
            trail.hold(connection);
            UserTable.Row row = UserTable.get(connection, id);
            if (!enabled) {
                Administrators.requireOtherThan(connection, id);
                sessions.endAll(connection, id, null);
            }
            User changed = UserTable.update(connection, withEnabled(row.user(), enabled));
            return finish(connection, caller, action, changed, changed.username());
        });
    }

    @Override
    public List<User> importAll(Caller caller, List<ImportedUser> users) {
        return imports.run(caller, users);
    }

    @Override
    public User unlock(Caller caller, UUID id) {
        guard.requireOver(caller, Permissions.USER_UPDATE, id, "user.unlock");
        User user = transactions.write(connection -> {
            User found = UserTable.get(connection, id).user();
            trail.record(connection, caller, "user.unlock", "users/" + id, Outcome.SUCCESS, found.username());
            return found;
        });
        limits.forget(Usernames.key(user.username()));
        return user;
    }

    @Override
    public Secret resetPassword(Caller caller, UUID id) {
        guard.refuseTokens(caller);
        guard.requireOver(caller, Permissions.USER_UPDATE, id, "user.password-reset");
        Secret password = Secret.of(randoms.token());
        String hash = hasher.hashInTurn(password);
        transactions.write(connection -> {
            trail.hold(connection);
            UserTable.Row row = UserTable.get(connection, id);
            sessions.endAll(connection, id, null);
            tokens.deleteAll(connection, id);
            UserTable.password(connection, id, hash, false);
            User changed = UserTable.update(connection, withPassword(row.user(), true));
            return finish(connection, caller, "user.password-reset", changed, changed.username());
        });
        return password;
    }

    @Override
    public void delete(Caller caller, UUID id) {
        guard.requireOver(caller, Permissions.USER_DELETE, id, "user.delete");
        transactions.write(connection -> {
            trail.hold(connection);
            User user = UserTable.get(connection, id).user();
            Administrators.requireOtherThan(connection, id);
            sessions.endAll(connection, id, null);
            tokens.deleteAll(connection, id);
            Bindings.deleteAll(connection, Accounts.principal(id));
            memberships.forget(connection, id);
            UserTable.delete(connection, id);
            return finish(connection, caller, "user.delete", user, user.username());
        });
    }

    /** The user with the password changed, to be chosen anew or not. */
    static User withPassword(User user, boolean changeRequired) {
        return new User(
                user.id(),
                user.username(),
                user.email(),
                user.enabled(),
                changeRequired,
                user.createdAt(),
                user.lastSeenAt(),
                user.version());
    }

    private static User withEmail(User user, @Nullable String email) {
        return new User(
                user.id(),
                user.username(),
                email,
                user.enabled(),
                user.passwordChangeRequired(),
                user.createdAt(),
                user.lastSeenAt(),
                user.version());
    }

    private static User withEnabled(User user, boolean enabled) {
        return new User(
                user.id(),
                user.username(),
                user.email(),
                enabled,
                user.passwordChangeRequired(),
                user.createdAt(),
                user.lastSeenAt(),
                user.version());
    }

    private User finish(Connection connection, Caller caller, String action, User user, String detail)
            throws SQLException {
        accounts.changed(connection, user.id());
        trail.record(connection, caller, action, "users/" + user.id(), Outcome.SUCCESS, detail);
        return user;
    }
}
