package io.freehold.security.rbac;

import io.freehold.api.FreeholdException;
import io.freehold.api.security.Principal;
import io.freehold.api.security.User;
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import io.freehold.security.support.Randoms;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Every user in memory, with what it may do. The database leads: whoever changes a user or its bindings
 * calls {@link #changed} in the same transaction, after the change. Thread-safe; reads never wait.
 */
public final class Accounts {
    private static final String USER = "SELECT * FROM security_user";

    /** Leaves room to count up within what JavaScript holds exactly. */
    private static final long FIRST_REVISIONS = 1L << 52;

    private final Transactions transactions;
    private final BuiltInRoles roles;
    private final Grants grants;
    private final Map<Principal, Account> accounts = new ConcurrentHashMap<>();
    private final AtomicLong revision;
    private final Set<String> secondFactorRoles;

    /**
     * @param secondFactorRoles the ids of the roles that take a second factor
     */
    public Accounts(Transactions transactions, BuiltInRoles roles, Randoms randoms, Set<String> secondFactorRoles) {
        this.roles = roles;
        this.grants = new Grants(roles);
        this.secondFactorRoles = Set.copyOf(secondFactorRoles);
        this.transactions = transactions;
        // Away from where any earlier run was, so that no client mistakes a new state for an old one.
        this.revision = new AtomicLong(randoms.number(FIRST_REVISIONS));
    }

    /**
     * Refuses a setting that asks roles for a second factor which there are not: a slip would let everybody pass.
     *
     * @throws FreeholdException {@code INVALID} naming the setting
     */
    public void requireSecondFactorRoles() {
        for (String id : secondFactorRoles) {
            if (roles.find(id).isEmpty()
                    && transactions
                            .read(connection -> RoleTable.find(connection, id))
                            .isEmpty()) {
                throw FreeholdException.invalid(
                        "totp.required.roles",
                        "'" + id
                                + "' is no role; give the ids of roles, such as administrator, with commas between them");
            }
        }
    }

    /** The principal of a user. */
    public static Principal principal(UUID userId) {
        return new Principal(Principal.Type.USER, userId.toString());
    }

    /** Reads them all: before anything else, and whenever roles hold something else. */
    public void load() {
        // As a write, so that it neither overtakes nor is overtaken by what changes users.
        transactions.write(connection -> {
            Map<String, List<CompiledAccess.Grant>> held = grants.ofUsers(connection);
            List<Account> all =
                    Sql.all(connection, USER, row -> account(row, held.getOrDefault(row.getString("id"), List.of())));
            transactions.afterCommit(() -> all.forEach(account -> accounts.put(account.principal(), account)));
            return all.size();
        });
    }

    /** The account of a principal; null if it is no user, or none any more. */
    public @Nullable Account find(Principal principal) {
        return accounts.get(principal);
    }

    /** Takes over what the running transaction made of a user, once it commits. */
    public void changed(Connection connection, UUID userId) throws SQLException {
        Principal principal = principal(userId);
        List<CompiledAccess.Grant> held = grants.ofUser(connection, userId);
        Optional<Account> account = Sql.first(connection, USER + " WHERE id = ?", row -> account(row, held), userId);
        transactions.afterCommit(
                () -> account.ifPresentOrElse(now -> accounts.put(principal, now), () -> accounts.remove(principal)));
    }

    /** Takes over what the running transaction made of what a principal holds: of a group, all of its members. */
    void changed(Connection connection, Principal principal) throws SQLException {
        UUID id = UUID.fromString(principal.id());
        switch (principal.type()) {
            case USER -> changed(connection, id);
            case GROUP -> changed(connection, GroupTable.members(connection, id));
            // Roles are bound to nobody else.
            case TOKEN, SYSTEM -> throw new IllegalArgumentException(principal.toString());
        }
    }

    /** Takes over what the running transaction made of users, once it commits. */
    void changed(Connection connection, Collection<UUID> userIds) throws SQLException {
        for (UUID userId : userIds) {
            changed(connection, userId);
        }
    }

    /** Takes over, once the running transaction commits, that a user was seen; what it may do stays as it is. */
    public void seen(UUID userId, Instant at) {
        transactions.afterCommit(() -> accounts.computeIfPresent(
                principal(userId), (principal, account) -> account.with(seen(account.user(), at))));
    }

    private static User seen(User user, Instant at) {
        return new User(
                user.id(),
                user.username(),
                user.email(),
                user.enabled(),
                user.passwordChangeRequired(),
                user.createdAt(),
                at,
                user.version());
    }

    private Account account(ResultSet user, List<CompiledAccess.Grant> grants) throws SQLException {
        User stored = user(user);
        return new Account(
                stored,
                principal(stored.id()),
                CompiledAccess.of(grants, revision.incrementAndGet()),
                user.getInt("second_factor") != 0,
                grants.stream()
                        .anyMatch(
                                grant -> secondFactorRoles.contains(grant.role().id())));
    }

    /** The user that a row of their table is. */
    public static User user(ResultSet row) throws SQLException {
        return new User(
                Sql.uuid(row, "id"),
                row.getString("username"),
                row.getString("email"),
                row.getInt("enabled") != 0,
                row.getInt("password_change_required") != 0,
                Sql.instant(row, "created_at"),
                Sql.instantOrNull(row, "last_seen_at"),
                row.getLong("version"));
    }
}
