package io.freehold.rest.admin;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The file of the admin socket. Its mode is the credential, so it is never open to others. */
final class SocketFile {
    /** What {@code sun_path} holds on Linux, less its final NUL. */
    private static final int MAX_PATH_BYTES = 107;

    private final Path path;

    private SocketFile(Path path) {
        this.path = path;
    }

    /**
     * The socket file in the data folder, which is made ready: what a crash left behind is removed.
     *
     * @throws FreeholdException with one line that says why there can be no socket there
     */
    static SocketFile in(Path data) {
        Path path = data.resolve("admin.sock");
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_PATH_BYTES) {
            throw new FreeholdException(
                    ErrorCode.INVALID,
                    "The path of the admin socket has " + length + " bytes and sockets take " + MAX_PATH_BYTES
                            + ": set data in etc/freehold.cfg (FREEHOLD_DATA) to a shorter folder than " + data);
        }
        try {
            if (!Files.exists(data)) {
                Files.createDirectories(
                        data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            removeStale(path);
        } catch (IOException e) {
            throw new FreeholdException(
                    ErrorCode.UNAVAILABLE, "The admin socket cannot be made in " + data + ": " + e.getMessage(), e);
        }
        return new SocketFile(path);
    }

    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (answers(path)) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT,
                    "Another Freehold runs on " + path.getParent() + ": stop it, or set data (FREEHOLD_DATA) to"
                            + " another folder");
        }
        Files.delete(path);
    }

    private static boolean answers(Path path) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            // Nobody listens: a process that is gone left it behind.
            return false;
        }
    }

    Path path() {
        return path;
    }

    /** Takes the file from everybody else, once the socket is bound. The folder's own mode guards the moment between. */
    void restrict() {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new FreeholdException(
                    ErrorCode.UNAVAILABLE, "The mode of " + path + " cannot be set: " + e.getMessage(), e);
        }
    }

    void remove() throws IOException {
        Files.deleteIfExists(path);
    }
}
