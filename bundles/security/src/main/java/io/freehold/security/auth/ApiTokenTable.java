package io.freehold.security.auth;

import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.security.ApiTokenService.ApiToken;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Scope;
import io.freehold.api.storage.Sql;
import io.freehold.security.support.Cursors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of API tokens. */
final class ApiTokenTable {
    private ApiTokenTable() {}

    /** A token with the hash of its secret. */
    record Row(ApiToken token, String hash) {}

    static void insert(Connection connection, Row row) throws SQLException {
        ApiToken token = row.token();
        Sql.update(
                connection,
                "INSERT INTO security_api_token (id, owner_id, name, hash, permissions, scope, created_at, expires_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                token.id(),
                token.owner(),
                token.name(),
                row.hash(),
                write(token.permissions()),
                token.scope(),
                token.createdAt(),
                token.expiresAt());
    }

    static List<Row> all(Connection connection) throws SQLException {
        return Sql.all(connection, "SELECT * FROM security_api_token", ApiTokenTable::row);
    }

    static List<Row> ofOwner(Connection connection, UUID owner) throws SQLException {
        return Sql.all(connection, "SELECT * FROM security_api_token WHERE owner_id = ?", ApiTokenTable::row, owner);
    }

    static Optional<Row> find(Connection connection, UUID id) throws SQLException {
        return Sql.first(connection, "SELECT * FROM security_api_token WHERE id = ?", ApiTokenTable::row, id);
    }

    static Page<ApiToken> page(Connection connection, @Nullable UUID owner, PageRequest page) throws SQLException {
        String of = owner == null ? "" : owner.toString();
        List<ApiToken> found = Sql.all(
                connection,
                "SELECT * FROM security_api_token WHERE ? IN ('', owner_id) AND id > ? ORDER BY id LIMIT ?",
                row -> row(row).token(),
                of,
                Cursors.id(page.cursor()),
                page.limit() + 1);
        long total = Sql.number(connection, "SELECT COUNT(*) FROM security_api_token WHERE ? IN ('', owner_id)", of);
        return Cursors.page(found, page.limit(), total, token -> token.id().toString());
    }

    static void used(Connection connection, UUID id, long now) throws SQLException {
        Sql.update(connection, "UPDATE security_api_token SET last_used_at = ? WHERE id = ?", now, id);
    }

    static void delete(Connection connection, UUID id) throws SQLException {
        Sql.update(connection, "DELETE FROM security_api_token WHERE id = ?", id);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new ApiToken(
                        Sql.uuid(row, "id"),
                        Sql.uuid(row, "owner_id"),
                        row.getString("name"),
                        read(row.getString("permissions")),
                        new Scope(row.getString("scope")),
                        Sql.instant(row, "created_at"),
                        Sql.instantOrNull(row, "expires_at"),
                        Sql.instantOrNull(row, "last_used_at")),
                row.getString("hash"));
    }

    private static @Nullable String write(@Nullable Set<Permission> permissions) {
        return permissions == null
                ? null
                : permissions.stream().map(Permission::toString).sorted().collect(Collectors.joining(" "));
    }

    private static @Nullable Set<Permission> read(@Nullable String permissions) {
        return permissions == null
                ? null
                : Arrays.stream(permissions.split(" ", -1)).map(Permission::of).collect(Collectors.toUnmodifiableSet());
    }
}
