package io.freehold.security.auth;

import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import io.freehold.security.rbac.Accounts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sessions and their refresh tokens in the database, kept in step with {@link LiveSessions}: what a
 * transaction changes here is in memory once it has committed.
 */
final class SessionTable {
    private static final String LIVE = "last_used_at > ? AND created_at > ? AND expires_at > ?";

    private final Transactions transactions;
    private final LiveSessions live;
    private final SessionTimes times;

    SessionTable(Transactions transactions, LiveSessions live, SessionTimes times) {
        this.transactions = transactions;
        this.live = live;
        this.times = times;
    }

    /** A stored session; times in milliseconds. */
    record Row(UUID id, UUID userId, String source, long createdAt, long lastUsedAt, long expiresAt) {
        /** When it ends unless it is refreshed before. Shorter times hold for sessions that were begun before them. */
        long endsAt(SessionTimes times) {
            return Math.min(
                    Math.min(expiresAt, createdAt + times.absolute().toMillis()),
                    lastUsedAt + times.idle().toMillis());
        }

        Row used(long now, String from) {
            return new Row(id, userId, from, createdAt, now, expiresAt);
        }
    }

    /**
     * A refresh token and its session.
     *
     * @param usedAt when it was exchanged; null if it was not
     */
    record Refresh(Row session, @Nullable Long usedAt) {}

    /** Reads every session that stands into memory. */
    void load(long now) {
        transactions.read(connection -> {
            List<Row> rows = Sql.all(
                    connection,
                    "SELECT * FROM security_session WHERE " + LIVE,
                    SessionTable::row,
                    now - times.idle().toMillis(),
                    now - times.absolute().toMillis(),
                    now);
            rows.forEach(this::remember);
            return rows.size();
        });
    }

    void insert(Connection connection, Row row, String refreshHash) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO security_session (id, user_id, source, created_at, last_used_at, expires_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                row.id(),
                row.userId(),
                row.source(),
                row.createdAt(),
                row.lastUsedAt(),
                row.expiresAt());
        insertToken(connection, row.id(), refreshHash);
        transactions.afterCommit(() -> remember(row));
    }

    Optional<Refresh> findByToken(Connection connection, String refreshHash) throws SQLException {
        return Sql.first(
                connection,
                "SELECT s.*, t.used_at FROM security_refresh_token t JOIN security_session s ON s.id = t.session_id"
                        + " WHERE t.hash = ?",
                row -> {
                    long at = row.getLong("used_at");
                    Long usedAt = row.wasNull() ? null : at;
                    return new Refresh(row(row), usedAt);
                },
                refreshHash);
    }

    /** Exchanges one refresh token for the next. */
    void rotate(Connection connection, Row session, String usedHash, String nextHash) throws SQLException {
        Sql.update(
                connection,
                "UPDATE security_refresh_token SET used_at = ? WHERE hash = ?",
                session.lastUsedAt(),
                usedHash);
        insertToken(connection, session.id(), nextHash);
        Sql.update(
                connection,
                "UPDATE security_session SET last_used_at = ?, source = ? WHERE id = ?",
                session.lastUsedAt(),
                session.source(),
                session.id());
        transactions.afterCommit(() -> remember(session));
    }

    /** The sessions of a user that stand, the one used last first. */
    List<Row> ofUser(Connection connection, UUID userId, long now) throws SQLException {
        return Sql.all(
                connection,
                "SELECT * FROM security_session WHERE user_id = ? AND " + LIVE + " ORDER BY last_used_at DESC, id DESC",
                SessionTable::row,
                userId,
                now - times.idle().toMillis(),
                now - times.absolute().toMillis(),
                now);
    }

    /** Ends a session of a user; false if there is none such. */
    boolean end(Connection connection, UUID userId, UUID sessionId) throws SQLException {
        return end(
                        connection,
                        Sql.all(
                                connection,
                                "SELECT id FROM security_session WHERE user_id = ? AND id = ?",
                                SessionTable::id,
                                userId,
                                sessionId))
                == 1;
    }

    /** Ends the sessions of a user, all or all but one, and says how many there were. */
    int endAll(Connection connection, UUID userId, @Nullable UUID except) throws SQLException {
        return end(
                connection,
                Sql.all(
                        connection,
                        "SELECT id FROM security_session WHERE user_id = ? AND id <> ?",
                        SessionTable::id,
                        userId,
                        except == null ? "" : except.toString()));
    }

    /** Removes what has run out. */
    void sweep(Connection connection, long now) throws SQLException {
        end(
                connection,
                Sql.all(
                        connection,
                        "SELECT id FROM security_session WHERE NOT (" + LIVE + ")",
                        SessionTable::id,
                        now - times.idle().toMillis(),
                        now - times.absolute().toMillis(),
                        now));
    }

    private int end(Connection connection, List<UUID> ids) throws SQLException {
        for (UUID id : ids) {
            Sql.update(connection, "DELETE FROM security_refresh_token WHERE session_id = ?", id);
            Sql.update(connection, "DELETE FROM security_session WHERE id = ?", id);
        }
        if (!ids.isEmpty()) {
            transactions.afterCommit(() -> live.remove(ids));
        }
        return ids.size();
    }

    private void remember(Row row) {
        live.put(row.id(), Accounts.principal(row.userId()), row.endsAt(times));
    }

    private static void insertToken(Connection connection, UUID sessionId, String hash) throws SQLException {
        Sql.update(connection, "INSERT INTO security_refresh_token (hash, session_id) VALUES (?, ?)", hash, sessionId);
    }

    private static UUID id(ResultSet row) throws SQLException {
        return UUID.fromString(row.getString("id"));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                id(row),
                UUID.fromString(row.getString("user_id")),
                row.getString("source"),
                row.getLong("created_at"),
                row.getLong("last_used_at"),
                row.getLong("expires_at"));
    }
}
