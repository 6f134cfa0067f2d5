package io.freehold.security.secrets;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.security.support.Randoms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Keys of 256 bits in files that nobody but Freehold can read: made when they are first asked for, and
 * refused if anybody else could have read them or if they are too short.
 */
public final class KeyFiles {
    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path folder;
    private final Randoms randoms;

    public KeyFiles(Path folder, Randoms randoms) {
        this.folder = folder;
        this.randoms = randoms;
    }

    /** Whether the key has been made. */
    public boolean exists(String name) {
        return Files.exists(file(name), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * The key, made now if there is none.
     *
     * @throws FreeholdException {@code INTERNAL} with one line for the operator: what is wrong with the
     *     file or the folder and what to do
     */
    public byte[] key(String name) {
        Path file = file(name);
        try {
            createFolder();
            if (!exists(name)) {
                write(file, Base64.getEncoder().encodeToString(randoms.bytes(BYTES)) + "\n");
            }
            requirePrivate(folder, "chmod 700");
            requirePrivate(file, "chmod 600");
            return decode(file.toString(), Files.readString(file).strip());
        } catch (IOException e) {
            throw new FreeholdException(
                    ErrorCode.INTERNAL, "The key file " + file + " can be neither read nor made: " + e.getMessage(), e);
        }
    }

    /**
     * The key of a file that somebody else has made; it may be reached over links.
     *
     * @throws FreeholdException {@code INTERNAL} with one line for the operator, as {@link #key} does
     */
    static byte[] existing(Path file) {
        try {
            Path real = file.toRealPath();
            requirePrivate(real, "chmod 600");
            return decode(file.toString(), Files.readString(real).strip());
        } catch (IOException e) {
            throw new FreeholdException(
                    ErrorCode.INTERNAL,
                    "The key file " + file + " cannot be read: is secrets.key.file right, and does the file belong to"
                            + " the user that Freehold runs as?",
                    e);
        }
    }

    /** Writes a file with mode 0600 so that after a crash it is there whole or not at all. */
    public static void write(Path file, String text) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(half);
        Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private void createFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** Whether nobody but the owner may do anything with it; not so for a symbolic link. */
    public static boolean isPrivate(Path path) throws IOException {
        return OWNER.containsAll(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    private static void requirePrivate(Path path, String cure) throws IOException {
        if (!isPrivate(path)) {
            throw new FreeholdException(
                    ErrorCode.INTERNAL,
                    path + " is open to others: run " + cure + " " + path
                            + ", and replace the keys if somebody may have read them");
        }
    }

    /**
     * The key that a text stands for.
     *
     * @param origin where the text is from, for the operator; the text itself is never repeated
     */
    static byte[] decode(String origin, String text) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // Its cause would tell a character of what may be a password.
            throw new FreeholdException(
                    ErrorCode.INTERNAL, origin + " does not hold a key (Base64 of 32 random bytes)");
        }
        if (key.length != BYTES || distinct(key) < BYTES / 2) {
            throw new FreeholdException(
                    ErrorCode.INTERNAL,
                    origin + " holds a key that is too short, too long or no random one: it takes Base64 of 32 random"
                            + " bytes (openssl rand -base64 32)");
        }
        return key;
    }

    private static long distinct(byte[] key) {
        return IntStream.range(0, key.length).map(i -> key[i]).distinct().count();
    }
}
