package io.freehold.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The folder that holds everything Freehold keeps; private to the user that Freehold runs as. */
public final class DataFolder {
    private final Path path;

    public DataFolder(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /** The socket that the command line talks to. */
    public Path socket() {
        return path.resolve("admin.sock");
    }

    /** What Freehold can make anew: the framework's bundle cache, the JVM's archive of classes. */
    public Path cache() {
        return path.resolve("cache");
    }

    /** The log of a Freehold that runs in the background. */
    public Path log() {
        return path.resolve("log").resolve("freehold.log");
    }

    /** The token that lets its reader make the first administrator; empty once there is one. */
    public Optional<String> setupToken() {
        Path file = path.resolve("setup-token");
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new LauncherException(ExitStatus.FAILED, "cannot read " + file + ": " + Failures.reason(e), e);
        }
    }

    /**
     * Makes the folder, mode 0700, and its sub-folders, and makes sure that they can be written to.
     *
     * @throws LauncherException {@link ExitStatus#FAILED} saying what is in the way
     */
    public void prepare() {
        try {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            FileAttribute<?> closed =
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(cache(), closed);
            Files.createDirectories(path.resolve("log"), closed);
            Files.delete(Files.createTempFile(path, "probe", null));
        } catch (IOException e) {
            throw new LauncherException(
                    ExitStatus.FAILED,
                    "cannot write to the data folder " + path + ": " + Failures.reason(e)
                            + "; give it to the user that Freehold runs as, or choose another with FREEHOLD_DATA",
                    e);
        }
    }

    /**
     * Claims the folder for this process until {@link Claim#close()} or the end of the process, however it
     * ends.
     *
     * @throws LauncherException {@link ExitStatus#FAILED} if another process holds it
     */
    public Claim claim() {
        try {
            FileChannel channel = FileChannel.open(
                    pidFile(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new LauncherException(
                        ExitStatus.FAILED,
                        "Freehold runs already with the data folder " + path
                                + owner().map(pid -> " (process " + pid + ")").orElse(""));
            }
            Files.setPosixFilePermissions(pidFile(), PosixFilePermissions.fromString("rw-------"));
            Claim claim = new Claim(channel);
            claim.write(ProcessHandle.current().pid() + "\n");
            return claim;
        } catch (IOException e) {
            throw new LauncherException(ExitStatus.FAILED, "cannot lock " + pidFile() + ": " + Failures.reason(e), e);
        }
    }

    /** The process that holds the folder now; empty if Freehold does not run. */
    public Optional<Long> owner() {
        Path file = pidFile();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            try (FileLock lock = channel.tryLock()) {
                if (lock != null) {
                    return Optional.empty();
                }
            }
            String text = Files.readString(file).strip();
            return text.matches("\\d+") ? Optional.of(Long.valueOf(text)) : Optional.empty();
        } catch (IOException e) {
            throw new LauncherException(ExitStatus.FAILED, "cannot read " + file + ": " + Failures.reason(e), e);
        }
    }

    private Path pidFile() {
        return path.resolve("freehold.pid");
    }

    /** The folder is ours. */
    public static final class Claim implements AutoCloseable {
        private final FileChannel channel;

        private Claim(FileChannel channel) {
            this.channel = channel;
        }

        private void write(String text) throws IOException {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
            channel.force(false);
        }

        /** Gives the folder free; the file stays, since deleting a locked file lets two processes lock it. */
        @Override
        public void close() {
            try (channel) {
                channel.truncate(0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
