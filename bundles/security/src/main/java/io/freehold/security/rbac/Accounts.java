package io.freehold.security.rbac;

import io.freehold.api.security.Principal;
import io.freehold.api.security.Role;
import io.freehold.api.security.Scope;
import io.freehold.api.security.User;
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import io.freehold.security.support.Randoms;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final Map<Principal, Account> accounts = new ConcurrentHashMap<>();
    private final AtomicLong revision;
    private final Set<String> secondFactorRoles;

    /**
     * @param secondFactorRoles the ids of the roles that take a second factor
     */
    public Accounts(Transactions transactions, BuiltInRoles roles, Randoms randoms, Set<String> secondFactorRoles) {
        this.roles = roles;
        this.secondFactorRoles = Set.copyOf(secondFactorRoles);
        this.transactions = transactions;
        // Away from where any earlier run was, so that no client mistakes a new state for an old one.
        this.revision = new AtomicLong(randoms.number(FIRST_REVISIONS));
    }

    /** The principal of a user. */
    public static Principal principal(UUID userId) {
        return new Principal(Principal.Type.USER, userId.toString());
    }

    /** Reads them all: before anything else, and whenever roles hold something else. */
    public void load() {
        // As a write, so that it neither overtakes nor is overtaken by what changes users.
        transactions.write(connection -> {
            Map<String, List<CompiledAccess.Grant>> grants = new HashMap<>();
            Sql.all(
                    connection,
                    "SELECT principal, role_id, scope FROM security_role_binding",
                    row -> grants.computeIfAbsent(row.getString("principal"), p -> new ArrayList<>())
                            .addAll(grant(row).stream().toList()));
            List<Account> all = Sql.all(
                    connection,
                    USER,
                    row -> account(row, grants.getOrDefault("user:" + row.getString("id"), List.of())));
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
        List<CompiledAccess.Grant> grants = Sql.all(
                        connection,
                        "SELECT role_id, scope FROM security_role_binding WHERE principal = ?",
                        this::grant,
                        principal)
                .stream()
                .flatMap(Optional::stream)
                .toList();
        Optional<Account> account = Sql.first(connection, USER + " WHERE id = ?", row -> account(row, grants), userId);
        transactions.afterCommit(
                () -> account.ifPresentOrElse(now -> accounts.put(principal, now), () -> accounts.remove(principal)));
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

    /** What a binding grants; nothing if its role is none of this version's. */
    private Optional<CompiledAccess.Grant> grant(ResultSet binding) throws SQLException {
        Scope scope = new Scope(binding.getString("scope"));
        Optional<Role> role = roles.find(binding.getString("role_id"));
        return role.map(known -> new CompiledAccess.Grant(known, scope));
    }
}
