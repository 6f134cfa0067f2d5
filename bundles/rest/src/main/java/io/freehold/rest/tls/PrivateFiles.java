package io.freehold.rest.tls;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Reads files that hold keys: not those that everybody may read. */
final class PrivateFiles {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private PrivateFiles() {}

    /** The bytes of a file that only its owner and perhaps its group may read. */
    static byte[] readSecret(Path file) {
        byte[] content = read(file);
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw new FreeholdException(
                        ErrorCode.INVALID, "Everybody on this machine can read " + file + ": chmod 600 " + file);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return content;
    }

    /** The bytes of a file. */
    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static FreeholdException unreadable(Path file, IOException e) {
        return new FreeholdException(
                ErrorCode.INVALID,
                e instanceof NoSuchFileException
                        ? "There is no file " + file + ", which the settings of TLS name"
                        : "The file " + file + ", which the settings of TLS name, cannot be read: " + e.getMessage(),
                e);
    }
}
