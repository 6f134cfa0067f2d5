package io.freehold.storage;

import io.freehold.api.Settings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;

/**
 * An open database together with the lock on the data folder.
 *
 * @param transactions the work on it
 * @param lock what keeps a second Freehold away
 */
record Storage(DatabaseTransactions transactions, FolderLock lock) implements AutoCloseable {

    /**
     * Opens the database that the settings {@code data} and {@code database.url} name.
     *
     * @throws StorageException with one line for the operator if it cannot
     */
    static Storage open(Settings settings) {
        Path folder = settings.data();
        FolderLock lock = lock(folder);
        try {
            DatabaseTransactions transactions = settings.text("database.url")
                    .map(Storage::postgres)
                    .orElseGet(() -> sqlite(folder.resolve("freehold.db")));
            return new Storage(transactions, lock);
        } catch (RuntimeException e) {
            try {
                lock.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private static FolderLock lock(Path folder) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Optional<FolderLock> lock = FolderLock.take(folder);
            return lock.orElseThrow(() -> new StorageException(
                    "Another Freehold is using the data folder " + folder + ". Stop it, or set another folder."));
        } catch (IOException e) {
            throw new StorageException("The data folder " + folder + " cannot be written to: " + reason(e) + ".", e);
        }
    }

    private static DatabaseTransactions sqlite(Path file) {
        SqliteDatabase database;
        try {
            NativeLibrary.unpackTo(file.resolveSibling("cache").resolve("sqlite"));
            database = new SqliteDatabase(file);
        } catch (IOException e) {
            throw new StorageException("The database " + file + " cannot be made: " + reason(e) + ".", e);
        }
        try {
            return new DatabaseTransactions(database);
        } catch (SQLException e) {
            database.close();
            throw new StorageException("The database " + file + " cannot be used: " + reason(e) + ".", e);
        }
    }

    private static DatabaseTransactions postgres(String url) {
        if (!PostgresUrl.fits(url)) {
            throw new StorageException(
                    "database.url must begin with jdbc:postgresql: or postgresql:, or be empty for the embedded database.");
        }
        PostgresDatabase database;
        try {
            database = new PostgresDatabase(PostgresUrl.parse(url));
        } catch (IllegalArgumentException e) {
            throw new StorageException(e.getMessage() + ".", e);
        }
        try {
            return new DatabaseTransactions(database);
        } catch (SQLException e) {
            database.close();
            throw new StorageException(
                    "The PostgreSQL at " + database.hosts() + " cannot be used: " + oneLine(e) + ".", e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "it is not a folder";
        }
        String reason = e instanceof FileSystemException fs ? fs.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    private static String reason(SQLException e) {
        return switch (SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xff)) {
            case SQLITE_BUSY, SQLITE_LOCKED -> "another program is using it";
            case SQLITE_NOTADB -> "it is damaged or not a database. Restore a copy";
            case SQLITE_CORRUPT -> "it is damaged. Restore a copy";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN -> "the file or its folder is not writable";
            case SQLITE_FULL -> "the disk is full";
            default -> oneLine(e);
        };
    }

    private static String oneLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown error");
    }

    /** Finishes what is queued, closes the database and gives the folder free. */
    @Override
    public void close() throws IOException {
        transactions.close();
        lock.close();
    }
}
