package io.freehold.rest.tls;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate that Freehold makes for itself when nobody gives it one, in {@code data/tls}. */
final class OwnCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(OwnCertificate.class);
    /** Clients of some vendors refuse what is valid for longer. */
    private static final Duration VALID = Duration.ofDays(825);

    private static final Duration SOON = Duration.ofDays(30);
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private OwnCertificate() {}

    /**
     * The files in the folder, which are made if they are not there, or if they are about to expire.
     *
     * @param names the host names and addresses that it is for
     */
    static PemFiles in(Path folder, Set<String> names, Instant now) {
        PemFiles files = new PemFiles(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        if (!Files.exists(files.certificate()) || files.load().until().isBefore(now.plus(SOON))) {
            make(folder, files, SelfSigned.make(names, now.minus(CLOCKS_DIFFER), now.plus(VALID)));
            LOG.warn(
                    "A certificate that nobody vouches for was made in {}, since neither tls.certificate nor"
                            + " tls.keystore is set: compare its fingerprint before you trust it",
                    folder);
        }
        return files;
    }

    private static void make(Path folder, PemFiles files, SelfSigned made) {
        try {
            if (!Files.exists(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            // The certificate last: where it is, the key is, too.
            write(files.key(), made.key());
            write(files.certificate(), made.certificate());
        } catch (IOException e) {
            throw new FreeholdException(
                    ErrorCode.UNAVAILABLE, "A certificate cannot be made in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(half);
        Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(half, text);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
