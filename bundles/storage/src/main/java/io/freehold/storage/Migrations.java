package io.freehold.storage;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.storage.Migration;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The migrations of one owner, compared with what the database has on record. See
 * {@code docs/decisions/0002-own-migration-runner.md}.
 */
final class Migrations {
    private static final Pattern END_OF_STATEMENT = Pattern.compile(";[ \\t]*(?:\\R|\\z)");
    private static final Pattern COMMENT_LINE = Pattern.compile("(?m)^[ \\t]*--.*$");

    private final String owner;
    private final List<Migration> migrations;

    /**
     * @throws IllegalArgumentException if the versions do not count up from 1
     */
    Migrations(String owner, List<Migration> migrations) {
        this.owner = owner;
        this.migrations = List.copyOf(migrations);
        for (int i = 0; i < migrations.size(); i++) {
            if (migrations.get(i).version() != i + 1) {
                throw new IllegalArgumentException("Migration " + (i + 1) + " of " + owner + " is not in its place");
            }
        }
    }

    private record Applied(String name, String checksum) {}

    /** Makes the table of records where there is none. */
    static void prepare(Database database, Connection writer) throws SQLException {
        database.begin(writer);
        try (Statement statement = writer.createStatement()) {
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS storage_migrations (
                      owner TEXT NOT NULL,
                      version INTEGER NOT NULL,
                      name TEXT NOT NULL,
                      checksum TEXT NOT NULL,
                      applied_at BIGINT NOT NULL,
                      PRIMARY KEY (owner, version)
                    )""");
        }
        writer.setAutoCommit(true); // commits
    }

    /**
     * The migrations that are still to be applied, in order.
     *
     * @throws FreeholdException {@code CONFLICT} if the record does not fit the migrations
     */
    List<Migration> missing(Connection connection) throws SQLException {
        SortedMap<Integer, Applied> applied = applied(connection);
        int last = applied.isEmpty() ? 0 : applied.lastKey();
        if (last > migrations.size()) {
            throw conflict("is at version " + last + ", newer than this Freehold, which knows " + migrations.size()
                    + ". Run the Freehold that wrote it, or a newer one.");
        }
        for (Migration migration : migrations.subList(0, last)) {
            Applied record = applied.get(migration.version());
            if (record == null) {
                throw conflict("has no record of migration " + migration.name() + ", but of later ones.");
            }
            if (!record.name().equals(migration.name()) || !record.checksum().equals(checksum(migration))) {
                throw conflict(
                        "was migrated by another " + record.name() + " than this Freehold's " + migration.name() + ".");
            }
        }
        return migrations.subList(last, migrations.size());
    }

    /** Applies and records one, unless another process has done so meanwhile. */
    void apply(Connection connection, Migration migration) throws SQLException {
        if (!missing(connection).contains(migration)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            String text = COMMENT_LINE.matcher(migration.sql()).replaceAll("");
            for (String sql : END_OF_STATEMENT.split(text, -1)) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO storage_migrations (owner, version, name, checksum, applied_at) VALUES (?, ?, ?, ?, ?)")) {
            insert.setString(1, owner);
            insert.setInt(2, migration.version());
            insert.setString(3, migration.name());
            insert.setString(4, checksum(migration));
            insert.setLong(5, System.currentTimeMillis());
            insert.executeUpdate();
        }
    }

    private SortedMap<Integer, Applied> applied(Connection connection) throws SQLException {
        SortedMap<Integer, Applied> applied = new TreeMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT version, name, checksum FROM storage_migrations WHERE owner = ?")) {
            select.setString(1, owner);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    applied.put(rows.getInt(1), new Applied(rows.getString(2), rows.getString(3)));
                }
            }
        }
        return applied;
    }

    private FreeholdException conflict(String what) {
        return new FreeholdException(ErrorCode.CONFLICT, "MIGRATION", "The database of " + owner + " " + what);
    }

    /** Line ends do not count: a checkout may change them. */
    private static String checksum(Migration migration) {
        try {
            byte[] text = migration.sql().replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
