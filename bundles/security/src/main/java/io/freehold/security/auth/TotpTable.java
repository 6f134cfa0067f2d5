package io.freehold.security.auth;

import io.freehold.api.storage.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tables of second factors. */
final class TotpTable {
    /** Before the first code was used. */
    private static final long NEVER = -1;

    private TotpTable() {}

    /**
     * A secret.
     *
     * @param lastStep the newest step of time whose code was used
     */
    record Row(String sealedSecret, boolean confirmed, long lastStep) {}

    static Optional<Row> find(Connection connection, UUID userId) throws SQLException {
        return Sql.first(
                connection,
                "SELECT * FROM security_totp WHERE user_id = ?",
                row -> new Row(
                        row.getString("sealed_secret"),
                        Sql.instantOrNull(row, "confirmed_at") != null,
                        row.getLong("last_step")),
                userId);
    }

    /** Stores a secret that is to be confirmed in the place of any other. */
    static void replace(Connection connection, UUID userId, String sealedSecret) throws SQLException {
        delete(connection, userId);
        Sql.update(
                connection,
                "INSERT INTO security_totp (user_id, sealed_secret, last_step) VALUES (?, ?, ?)",
                userId,
                sealedSecret,
                NEVER);
    }

    /** Notes that the secret is confirmed, the codes that stand in for it, and that the user has a second factor. */
    static void confirm(Connection connection, UUID userId, long now, List<String> recoveryHashes) throws SQLException {
        Sql.update(connection, "UPDATE security_totp SET confirmed_at = ? WHERE user_id = ?", now, userId);
        Sql.batch(
                connection,
                "INSERT INTO security_recovery_code (user_id, hash) VALUES (?, ?)",
                recoveryHashes.stream().map(hash -> Sql.values(userId, hash)).toList());
        Sql.update(connection, "UPDATE security_user SET second_factor = 1 WHERE id = ?", userId);
    }

    /** Takes the second factor away; a password that needs it must be changed. */
    static void remove(Connection connection, UUID userId) throws SQLException {
        delete(connection, userId);
        Sql.update(
                connection,
                "UPDATE security_user SET second_factor = 0, version = version + 1,"
                        + " password_change_required = CASE WHEN short_password = 1 THEN 1"
                        + " ELSE password_change_required END WHERE id = ?",
                userId);
    }

    static void delete(Connection connection, UUID userId) throws SQLException {
        Sql.update(connection, "DELETE FROM security_recovery_code WHERE user_id = ?", userId);
        Sql.update(connection, "DELETE FROM security_totp WHERE user_id = ?", userId);
    }

    /** Uses a step's code up; false if it, or a later one, was used before. */
    static boolean useStep(Connection connection, UUID userId, long step) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE security_totp SET last_step = ? WHERE user_id = ? AND last_step < ?",
                        step,
                        userId,
                        step)
                == 1;
    }

    /** Uses a recovery code up; false if it was used before. */
    static boolean useRecoveryCode(Connection connection, UUID userId, String hash) throws SQLException {
        return Sql.update(connection, "DELETE FROM security_recovery_code WHERE user_id = ? AND hash = ?", userId, hash)
                == 1;
    }

    static int recoveryCodes(Connection connection, UUID userId) throws SQLException {
        return (int) Sql.number(connection, "SELECT COUNT(*) FROM security_recovery_code WHERE user_id = ?", userId);
    }
}
