package io.freehold.plugins;

import io.freehold.api.plugin.Plugin.Source;
import io.freehold.api.storage.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The table of plugins. */
final class PluginTable {
    private PluginTable() {}

    static List<Row> all(Connection connection) throws SQLException {
        return Sql.all(connection, "SELECT * FROM plugins_plugin ORDER BY id", PluginTable::row);
    }

    static void save(Connection connection, Row row) throws SQLException {
        Row.Release previous = row.previous();
        delete(connection, row.id());
        Sql.update(
                connection,
                "INSERT INTO plugins_plugin (id, source, enabled, version, sha256, publisher, previous_version,"
                        + " previous_sha256, previous_publisher, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.id(),
                row.source(),
                row.enabled(),
                row.present().version(),
                row.present().sha256(),
                row.present().publisher(),
                previous == null ? null : previous.version(),
                previous == null ? null : previous.sha256(),
                previous == null ? null : previous.publisher(),
                row.changedAt());
    }

    static void delete(Connection connection, String id) throws SQLException {
        Sql.update(connection, "DELETE FROM plugins_plugin WHERE id = ?", id);
    }

    private static Row row(ResultSet row) throws SQLException {
        String previous = row.getString("previous_sha256");
        return new Row(
                row.getString("id"),
                Source.valueOf(row.getString("source")),
                row.getInt("enabled") != 0,
                new Row.Release(row.getString("version"), row.getString("sha256"), row.getString("publisher")),
                previous == null
                        ? null
                        : new Row.Release(
                                row.getString("previous_version"), previous, row.getString("previous_publisher")),
                Sql.instant(row, "changed_at"));
    }
}
