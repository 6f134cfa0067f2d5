package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.security.User;
import io.freehold.api.storage.Sql;
import io.freehold.security.hashing.PasswordHasher;
import io.freehold.security.rbac.Accounts;
import io.freehold.security.support.Cursors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of users. */
final class UserTable {
    private UserTable() {}

    /**
     * A user with the hash of the password.
     *
     * @param legacyUntil how long the hash may be used if another program made it, in milliseconds
     * @param secondFactor whether one is confirmed
     */
    record Row(User user, String passwordHash, @Nullable Long legacyUntil, boolean secondFactor) {
        boolean expiredBy(long now) {
            return legacyUntil != null && legacyUntil <= now;
        }
    }

    /** Adds a user; {@code CONFLICT} if the name is taken. */
    static void insert(Connection connection, User user, String passwordHash) throws SQLException {
        int added = Sql.update(
                connection,
                "INSERT INTO security_user (id, username, username_key, email, password_hash, enabled,"
                        + " password_change_required, created_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                user.id(),
                user.username(),
                Usernames.key(user.username()),
                user.email(),
                passwordHash,
                user.enabled(),
                user.passwordChangeRequired(),
                user.createdAt(),
                user.version());
        if (added == 0) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT, "USERNAME_TAKEN", "There is a user with that name already.");
        }
    }

    static Optional<Row> find(Connection connection, UUID id) throws SQLException {
        return Sql.first(connection, "SELECT * FROM security_user WHERE id = ?", UserTable::row, id);
    }

    /** The user with that name; a name that nobody can have is not asked for, since PostgreSQL fails at some. */
    static Optional<Row> find(Connection connection, String username) throws SQLException {
        if (!Usernames.possible(username)) {
            return Optional.empty();
        }
        return Sql.first(
                connection,
                "SELECT * FROM security_user WHERE username_key = ?",
                UserTable::row,
                Usernames.key(username));
    }

    /**
     * The user in the running transaction.
     *
     * @throws FreeholdException {@code NOT_FOUND}
     */
    static Row get(Connection connection, UUID id) throws SQLException {
        return find(connection, id).orElseThrow(() -> FreeholdException.notFound("user"));
    }

    /** A page of users: all of them, or those alone who still have the hash of another program. */
    static Page<User> page(Connection connection, boolean legacyOnly, PageRequest page) throws SQLException {
        String wanted = legacyOnly ? "legacy_until IS NOT NULL" : "1 = 1";
        List<User> found = Sql.all(
                connection,
                "SELECT * FROM security_user WHERE id > ? AND " + wanted + " ORDER BY id LIMIT ?",
                row -> row(row).user(),
                Cursors.id(page.cursor()),
                page.limit() + 1);
        long total = Sql.number(connection, "SELECT COUNT(*) FROM security_user WHERE " + wanted);
        return Cursors.page(found, page.limit(), total, user -> user.id().toString());
    }

    /** Stores everything of the user that can change, but when it was last seen, as its next version. */
    static User update(Connection connection, User user) throws SQLException {
        Sql.update(
                connection,
                "UPDATE security_user SET email = ?, enabled = ?, password_change_required = ?, version = ? WHERE id = ?",
                user.email(),
                user.enabled(),
                user.passwordChangeRequired(),
                user.version() + 1,
                user.id());
        return get(connection, user.id()).user();
    }

    /** Stores that the user was seen; this is no change of the user. */
    static void seen(Connection connection, UUID id, long now) throws SQLException {
        Sql.update(connection, "UPDATE security_user SET last_seen_at = ? WHERE id = ?", now, id);
    }

    /**
     * Stores another password.
     *
     * @param takesSecondFactor whether it is too short to stand alone
     */
    static void password(Connection connection, UUID id, String passwordHash, boolean takesSecondFactor)
            throws SQLException {
        rehash(connection, id, passwordHash);
        Sql.update(connection, "UPDATE security_user SET short_password = ? WHERE id = ?", takesSecondFactor, id);
    }

    /** Stores the same password under a hash of today; this is no change of the user. */
    static void rehash(Connection connection, UUID id, String passwordHash) throws SQLException {
        Sql.update(
                connection,
                "UPDATE security_user SET password_hash = ?, legacy_until = NULL WHERE id = ?",
                passwordHash,
                id);
    }

    /** Says that the hash is another program's, and until when it may be used. */
    static void legacy(Connection connection, UUID id, long until) throws SQLException {
        Sql.update(connection, "UPDATE security_user SET legacy_until = ? WHERE id = ?", until, id);
    }

    /** Removes the hashes of other programs that may not be used any more, and says whose they were. */
    static List<User> expireLegacy(Connection connection, long now) throws SQLException {
        String expired = " WHERE legacy_until <= ? AND password_hash <> ?";
        List<User> users = Sql.all(
                connection, "SELECT * FROM security_user" + expired, row -> row(row).user(), now, PasswordHasher.NONE);
        if (!users.isEmpty()) {
            Sql.update(
                    connection,
                    "UPDATE security_user SET password_hash = ?" + expired,
                    PasswordHasher.NONE,
                    now,
                    PasswordHasher.NONE);
        }
        return users;
    }

    static void delete(Connection connection, UUID id) throws SQLException {
        TotpTable.delete(connection, id);
        Sql.update(connection, "DELETE FROM security_known_source WHERE user_id = ?", id);
        Sql.update(connection, "DELETE FROM security_user WHERE id = ?", id);
    }

    private static Row row(ResultSet row) throws SQLException {
        long until = row.getLong("legacy_until");
        Long legacyUntil = row.wasNull() ? null : until;
        return new Row(
                Accounts.user(row), row.getString("password_hash"), legacyUntil, row.getInt("second_factor") != 0);
    }
}
