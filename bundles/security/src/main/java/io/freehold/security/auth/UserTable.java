package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.security.User;
import io.freehold.api.storage.Sql;
import io.freehold.security.rbac.Accounts;
import io.freehold.security.support.Cursors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of users. */
final class UserTable {
    private UserTable() {}

    /** A user with the hash of the password. */
    record Row(User user, String passwordHash) {}

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

    static Optional<Row> find(Connection connection, String username) throws SQLException {
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

    static Page<User> page(Connection connection, PageRequest page) throws SQLException {
        List<User> found = Sql.all(
                connection,
                "SELECT * FROM security_user WHERE id > ? ORDER BY id LIMIT ?",
                row -> row(row).user(),
                Cursors.id(page.cursor()),
                page.limit() + 1);
        long total = Sql.number(connection, "SELECT COUNT(*) FROM security_user");
        return Cursors.page(found, page.limit(), total, user -> user.id().toString());
    }

    /** Stores everything of the user that can change, but when it was last seen, as its next version. */
    static User update(Connection connection, User user, String passwordHash) throws SQLException {
        Sql.update(
                connection,
                "UPDATE security_user SET email = ?, enabled = ?, password_change_required = ?, password_hash = ?,"
                        + " version = ? WHERE id = ?",
                user.email(),
                user.enabled(),
                user.passwordChangeRequired(),
                passwordHash,
                user.version() + 1,
                user.id());
        return get(connection, user.id()).user();
    }

    /** Stores that the user was seen; this is no change of the user. */
    static void seen(Connection connection, UUID id, long now) throws SQLException {
        Sql.update(connection, "UPDATE security_user SET last_seen_at = ? WHERE id = ?", now, id);
    }

    /** Stores the same password under a stronger hash; this is no change of the user. */
    static void rehash(Connection connection, UUID id, String passwordHash) throws SQLException {
        Sql.update(connection, "UPDATE security_user SET password_hash = ? WHERE id = ?", passwordHash, id);
    }

    static void delete(Connection connection, UUID id) throws SQLException {
        Sql.update(connection, "DELETE FROM security_known_source WHERE user_id = ?", id);
        Sql.update(connection, "DELETE FROM security_user WHERE id = ?", id);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(Accounts.user(row), row.getString("password_hash"));
    }
}
