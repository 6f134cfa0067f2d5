package io.freehold.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server. Writes go through one connection, as on the embedded database, so that both behave
 * alike; an advisory lock keeps writers of other processes out meanwhile.
 */
final class PostgresDatabase implements Database {
    /** Any number will do as long as it stays the same: {@code freehold} in ASCII. */
    private static final long LOCK = 0x66726565686f6c64L;

    private static final int READERS = 8;

    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final HikariDataSource readers;
    private final String hosts;
    private volatile String description = "PostgreSQL";

    PostgresDatabase(PostgresUrl url) {
        source.setURL(url.jdbc());
        source.setApplicationName("freehold");
        source.setConnectTimeout(2);
        source.setSocketTimeout(5);
        source.setTcpKeepAlive(true);
        hosts = String.join(",", url.hosts());
        readers = new HikariDataSource(pool(source));
    }

    private static HikariConfig pool(PGSimpleDataSource source) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("freehold-readers");
        config.setDataSource(source);
        config.setReadOnly(true);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(2_000);
        config.setValidationTimeout(1_000);
        config.setInitializationFailTimeout(-1); // the writer comes first and says why
        return config;
    }

    /** Where it is, for messages: never with credentials. */
    String hosts() {
        return hosts;
    }

    @Override
    public Connection openWriter() throws SQLException {
        Connection connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            // What is acknowledged is on the server's disk, whatever the server's default.
            statement.execute("SET synchronous_commit = on");
            statement.execute("SET lock_timeout = '1500ms'");
            description = "PostgreSQL " + connection.getMetaData().getDatabaseMajorVersion() + "."
                    + connection.getMetaData().getDatabaseMinorVersion();
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void begin(Connection writer) throws SQLException {
        writer.setAutoCommit(false);
        try (Statement statement = writer.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
        }
    }

    @Override
    public Connection openReader() throws SQLException {
        return readers.getConnection();
    }

    /** By class of SQLSTATE, see PostgreSQL's manual, appendix A. */
    @Override
    public boolean unavailable(SQLException error) {
        String state = error.getSQLState();
        return connectionLost(error)
                || (state != null
                        && (state.startsWith("53") // insufficient resources: disk full, too many connections
                                || state.startsWith("58") // system error: input and output
                                || state.equals("55P03") // another writer holds the lock
                                || state.equals("57014") // took too long and was cancelled
                                || state.startsWith("XX"))); // internal error, damaged data
    }

    @Override
    public boolean connectionLost(SQLException error) {
        String state = error.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void close() {
        readers.close();
    }
}
