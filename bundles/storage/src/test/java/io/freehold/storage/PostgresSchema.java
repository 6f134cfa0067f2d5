package io.freehold.storage;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freehold.api.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/** An empty schema on the PostgreSQL that the property {@value #PROPERTY} names, dropped when closed. */
final class PostgresSchema implements AutoCloseable {
    static final String PROPERTY = "freehold.test.postgres";

    private final String server;
    private final String name = "test_" + UUID.randomUUID().toString().replace("-", "");

    private PostgresSchema(String server) {
        this.server = server;
    }

    /** Makes one; skips the test where there is no server. */
    static PostgresSchema create() throws SQLException {
        String server = System.getProperty(PROPERTY, "");
        assumeTrue(!server.isBlank(), "skipped: no PostgreSQL, set -D" + PROPERTY + "=jdbc:postgresql://…");
        PostgresSchema schema = new PostgresSchema(server);
        schema.execute("CREATE SCHEMA " + schema.name);
        return schema;
    }

    /** The URL of the schema. */
    String url() {
        return server + (server.contains("?") ? "&" : "?") + "currentSchema=" + name;
    }

    /** The URL of the schema through something that listens on another port of this machine. */
    String url(int port) {
        return url().replaceFirst("//[^/]+/", "//127.0.0.1:" + port + "/");
    }

    /** Port of the server. */
    int port() {
        String authority = server.substring(server.indexOf("//") + 2).replaceFirst("/.*", "");
        int colon = authority.lastIndexOf(':');
        return colon < 0 ? 5432 : Integer.parseInt(authority.substring(colon + 1));
    }

    Settings settings(Path folder) {
        return settings(folder, url());
    }

    static Settings settings(Path folder, String url) {
        return Settings.of(Map.of("freehold.data", folder.toString(), "freehold.database.url", url)::get);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server)) {
            TransactionsContract.execute(connection, sql);
        }
    }

    @Override
    public void close() throws SQLException {
        execute("DROP SCHEMA " + name + " CASCADE");
    }
}
