package io.freehold.security.rbac;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.security.Group;
import io.freehold.api.storage.Sql;
import io.freehold.security.support.Cursors;
import io.freehold.security.support.Names;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tables of groups and their members. */
final class GroupTable {
    private GroupTable() {}

    static Page<Group> page(Connection connection, PageRequest page) throws SQLException {
        List<Row> rows = Sql.all(
                connection,
                "SELECT * FROM security_group WHERE id > ? ORDER BY id LIMIT ?",
                GroupTable::row,
                Cursors.id(page.cursor()),
                page.limit() + 1);
        List<Group> found = new ArrayList<>();
        for (Row row : rows) {
            found.add(row.with(members(connection, row.id())));
        }
        long total = Sql.number(connection, "SELECT COUNT(*) FROM security_group");
        return Cursors.page(found, page.limit(), total, group -> group.id().toString());
    }

    static List<Group> all(Connection connection) throws SQLException {
        Map<UUID, List<UUID>> members = new HashMap<>();
        Sql.all(connection, "SELECT * FROM security_group_member ORDER BY user_id", row -> members.computeIfAbsent(
                        Sql.uuid(row, "group_id"), id -> new ArrayList<>())
                .add(Sql.uuid(row, "user_id")));
        return Sql.all(connection, "SELECT * FROM security_group", GroupTable::row).stream()
                .map(row -> row.with(members.getOrDefault(row.id(), List.of())))
                .toList();
    }

    static Optional<Group> find(Connection connection, UUID id) throws SQLException {
        Optional<Row> row = Sql.first(connection, "SELECT * FROM security_group WHERE id = ?", GroupTable::row, id);
        return row.isPresent() ? Optional.of(row.get().with(members(connection, id))) : Optional.empty();
    }

    /**
     * The group in the running transaction.
     *
     * @throws FreeholdException {@code NOT_FOUND}
     */
    static Group get(Connection connection, UUID id) throws SQLException {
        return find(connection, id).orElseThrow(() -> FreeholdException.notFound("group"));
    }

    static List<UUID> members(Connection connection, UUID id) throws SQLException {
        return Sql.all(
                connection,
                "SELECT user_id FROM security_group_member WHERE group_id = ? ORDER BY user_id",
                row -> Sql.uuid(row, "user_id"),
                id);
    }

    /** Adds a group without members; {@code CONFLICT} if the name is taken. */
    static void insert(Connection connection, UUID id, String name, Instant now) throws SQLException {
        requireFreeName(connection, id, name);
        Sql.update(
                connection,
                "INSERT INTO security_group (id, name, name_key, created_at, version) VALUES (?, ?, ?, ?, 1)",
                id,
                name,
                Names.key(name),
                now);
    }

    /** Stores another name; {@code CONFLICT} if it is taken. */
    static void rename(Connection connection, UUID id, String name) throws SQLException {
        requireFreeName(connection, id, name);
        Sql.update(
                connection, "UPDATE security_group SET name = ?, name_key = ? WHERE id = ?", name, Names.key(name), id);
    }

    /** Counts a change of the group or of its members. */
    static void changed(Connection connection, UUID id) throws SQLException {
        Sql.update(connection, "UPDATE security_group SET version = version + 1 WHERE id = ?", id);
    }

    static void add(Connection connection, UUID id, Collection<UUID> users) throws SQLException {
        for (UUID user : users) {
            Sql.update(
                    connection,
                    "INSERT INTO security_group_member (group_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    id,
                    user);
        }
    }

    static void remove(Connection connection, UUID id, Collection<UUID> users) throws SQLException {
        for (UUID user : users) {
            Sql.update(connection, "DELETE FROM security_group_member WHERE group_id = ? AND user_id = ?", id, user);
        }
    }

    /** Takes a user out of every group. */
    static void forget(Connection connection, UUID user) throws SQLException {
        Sql.update(
                connection,
                "UPDATE security_group SET version = version + 1"
                        + " WHERE id IN (SELECT group_id FROM security_group_member WHERE user_id = ?)",
                user);
        Sql.update(connection, "DELETE FROM security_group_member WHERE user_id = ?", user);
    }

    static void delete(Connection connection, UUID id) throws SQLException {
        Sql.update(connection, "DELETE FROM security_group_member WHERE group_id = ?", id);
        Sql.update(connection, "DELETE FROM security_group WHERE id = ?", id);
    }

    private static void requireFreeName(Connection connection, UUID id, String name) throws SQLException {
        long taken = Sql.number(
                connection, "SELECT COUNT(*) FROM security_group WHERE name_key = ? AND id <> ?", Names.key(name), id);
        if (taken > 0) {
            throw new FreeholdException(ErrorCode.CONFLICT, "NAME_TAKEN", "There is a group with that name already.");
        }
    }

    /** A row of the table of groups. */
    private record Row(UUID id, String name, Instant createdAt, long version) {
        Group with(List<UUID> members) {
            return new Group(id, name, members, createdAt, version);
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                Sql.uuid(row, "id"), row.getString("name"), Sql.instant(row, "created_at"), row.getLong("version"));
    }
}
