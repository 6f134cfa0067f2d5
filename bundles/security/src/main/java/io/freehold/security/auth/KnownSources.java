package io.freehold.security.auth;

import io.freehold.api.storage.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** From where users have signed in before: the ten places of each that were used last. */
final class KnownSources {
    private static final int KEPT = 10;

    private KnownSources() {}

    static boolean contains(Connection connection, UUID userId, Source source) throws SQLException {
        return Sql.number(
                        connection,
                        "SELECT COUNT(*) FROM security_known_source WHERE user_id = ? AND source = ?",
                        userId,
                        source.key())
                > 0;
    }

    /** Whether the user has signed in before, but never from there as far as is known. */
    static boolean isNew(Connection connection, UUID userId, Source source) throws SQLException {
        return !contains(connection, userId, source)
                && Sql.number(connection, "SELECT COUNT(*) FROM security_known_source WHERE user_id = ?", userId) > 0;
    }

    static void add(Connection connection, UUID userId, Source source, long now) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO security_known_source (user_id, source, last_seen_at) VALUES (?, ?, ?)"
                        + " ON CONFLICT (user_id, source) DO UPDATE SET last_seen_at = excluded.last_seen_at",
                userId,
                source.key(),
                now);
        Sql.update(
                connection,
                "DELETE FROM security_known_source WHERE user_id = ? AND source NOT IN (SELECT source"
                        + " FROM security_known_source WHERE user_id = ? ORDER BY last_seen_at DESC, source LIMIT ?)",
                userId,
                userId,
                KEPT);
    }
}
