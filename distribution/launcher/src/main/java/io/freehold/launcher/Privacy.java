package io.freehold.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which of Freehold's files others can get at. The data folder and what is secret in it are for their owner
 * alone; settings that hold a secret may be read by a group, since they may belong to root.
 */
public final class Privacy {
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.complementOf(EnumSet.copyOf(PosixFilePermissions.fromString("rwx------")));
    private static final Set<PosixFilePermission> NOT_OF_A_READING_GROUP =
            EnumSet.complementOf(EnumSet.copyOf(PosixFilePermissions.fromString("rwxr-x---")));

    /** Not {@code admin.sock}, which each start makes anew. */
    private static final List<String> SECRET =
            List.of("freehold.db", "freehold.db-wal", "freehold.db-shm", "setup-token");

    private Privacy() {}

    /**
     * A file or folder that is open to others.
     *
     * @param mode as {@code ls} shows it
     * @param cure the command that closes it
     */
    public record Loose(Path path, String mode, String cure) {

        /** One line for the operator. */
        public String line() {
            return path + " is open to others (" + mode + "): run " + cure;
        }
    }

    /** What is open to others, of what there is; a link is, whatever it leads to. */
    public static List<Loose> loose(Configuration configuration) throws IOException {
        List<Loose> found = new ArrayList<>();
        if (Files.isDirectory(configuration.data())) {
            inside(configuration.data(), found);
        }
        if (configuration.fileHoldsSecret()) {
            // A link is fine here: whoever may write to etc owns this Freehold anyway.
            add(configuration.file().toRealPath(), "o=,g-w", NOT_OF_A_READING_GROUP, found);
        }
        return found;
    }

    private static void inside(Path data, List<Loose> found) throws IOException {
        add(data.toRealPath(), "700", OTHERS, found);
        Path keys = data.resolve("keys");
        if (Files.isDirectory(keys)) {
            add(keys, "700", OTHERS, found);
            try (Stream<Path> files = Files.list(keys)) {
                for (Path file : files.sorted().toList()) {
                    add(file, "600", OTHERS, found);
                }
            }
        }
        for (String name : SECRET) {
            add(data.resolve(name), "600", OTHERS, found);
        }
    }

    /**
     * Refuses what is open to others: somebody may have read it, so closing it in silence would hide that. A
     * data folder with nothing in it has nothing to hide.
     *
     * @throws LauncherException {@link ExitStatus#FAILED} with the command that closes it
     */
    public static void require(Configuration configuration) {
        try {
            Path data = configuration.data();
            boolean fresh = Files.isDirectory(data) && isEmpty(data);
            for (Loose loose : loose(configuration)) {
                if (!fresh || !loose.path().equals(data.toRealPath())) {
                    throw new LauncherException(
                            ExitStatus.FAILED,
                            loose.line() + ", and replace what is secret in it if somebody may have read it");
                }
            }
        } catch (IOException e) {
            throw new LauncherException(
                    ExitStatus.FAILED, "the modes of Freehold's files cannot be read: " + Failures.reason(e), e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static void add(Path path, String cure, Set<PosixFilePermission> unwanted, List<Loose> found)
            throws IOException {
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return;
        }
        if (permissions.stream().anyMatch(unwanted::contains)) {
            found.add(new Loose(path, PosixFilePermissions.toString(permissions), "chmod " + cure + " " + path));
        }
    }
}
