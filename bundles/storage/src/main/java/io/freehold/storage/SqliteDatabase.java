package io.freehold.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/**
 * The embedded database: one file in the data folder, write-ahead log, flushed to the disk with every
 * commit.
 */
final class SqliteDatabase implements Database {
    private static final Logger log = LoggerFactory.getLogger(SqliteDatabase.class);
    /** How long another process may hold the write lock before a write is refused. */
    private static final int BUSY_MILLIS = 1_500;

    private static final int READERS = 8;
    private static final Set<SQLiteErrorCode> UNAVAILABLE = Set.of(
            SQLiteErrorCode.SQLITE_BUSY,
            SQLiteErrorCode.SQLITE_LOCKED,
            SQLiteErrorCode.SQLITE_NOMEM,
            SQLiteErrorCode.SQLITE_IOERR,
            SQLiteErrorCode.SQLITE_CORRUPT,
            SQLiteErrorCode.SQLITE_FULL,
            SQLiteErrorCode.SQLITE_CANTOPEN,
            SQLiteErrorCode.SQLITE_PROTOCOL,
            SQLiteErrorCode.SQLITE_NOTADB);

    private final SQLiteDataSource writers;
    private final HikariDataSource readers;
    private volatile boolean opened;

    /**
     * Creates the file, readable by its owner alone, where there is none; nothing is opened yet.
     *
     * @throws IOException if the file cannot be made
     */
    SqliteDatabase(Path file) throws IOException {
        protect(file);
        String url = "jdbc:sqlite:" + file;
        writers = new SQLiteDataSource(writing());
        writers.setUrl(url);
        SQLiteDataSource source = new SQLiteDataSource(reading());
        source.setUrl(url);
        readers = new HikariDataSource(pool(source));
    }

    private static void protect(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static SQLiteConfig writing() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        return config;
    }

    private static SQLiteConfig reading() {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        return config;
    }

    private static HikariConfig pool(SQLiteDataSource source) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("freehold-readers");
        config.setDataSource(source);
        config.setReadOnly(true);
        config.setAutoCommit(false);
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(2_000);
        config.setInitializationFailTimeout(-1); // the writer comes first and says why
        return config;
    }

    @Override
    public Connection openWriter() throws SQLException {
        Connection connection = writers.getConnection();
        try (Statement statement = connection.createStatement();
                ResultSet mode = statement.executeQuery("PRAGMA journal_mode")) {
            if (!mode.next() || !"wal".equals(mode.getString(1))) {
                throw new SQLException("its file system does not support a write-ahead log; use a local one");
            }
            opened = true;
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** {@code BEGIN IMMEDIATE}: takes the write lock at once, so that it cannot be refused later. */
    @Override
    public void begin(Connection writer) throws SQLException {
        writer.setAutoCommit(false);
    }

    @Override
    public Connection openReader() throws SQLException {
        return readers.getConnection();
    }

    @Override
    public boolean unavailable(SQLException error) {
        return UNAVAILABLE.contains(SQLiteErrorCode.getErrorCode(error.getErrorCode() & 0xff));
    }

    /** Never: there is no line to break, and what fails once is opened anew for the next group. */
    @Override
    public boolean connectionLost(SQLException error) {
        return false;
    }

    @Override
    public String description() {
        return "SQLite " + org.sqlite.SQLiteJDBCLoader.getVersion();
    }

    /** Closes the readers, then moves the write-ahead log into the file so that the file alone is a copy of all. */
    @Override
    public void close() {
        readers.close();
        if (!opened) {
            return;
        }
        try (Connection last = writers.getConnection();
                Statement statement = last.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            log.warn("The write-ahead log stays beside the database until the next start: {}", e.getMessage());
        }
    }
}
