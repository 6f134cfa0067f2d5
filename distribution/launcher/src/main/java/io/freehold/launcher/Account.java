package io.freehold.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The account of the operating system that Freehold runs as. */
public final class Account {
    private Account() {}

    /** Whether it is root, under whatever name. */
    public static boolean isRoot() {
        return isRoot("self");
    }

    /** Whether the process with that number is root's. */
    public static boolean isRoot(long process) {
        return isRoot(String.valueOf(process));
    }

    private static boolean isRoot(String process) {
        try {
            return isRoot(Files.readAllLines(Path.of("/proc", process, "status")));
        } catch (IOException e) {
            // No such file: this is not Linux, and the name has to do.
            return "root".equals(System.getProperty("user.name"));
        }
    }

    /** The same of the lines of {@code /proc/PID/status}: of real, effective and saved user any counts. */
    static boolean isRoot(List<String> status) {
        return status.stream().anyMatch(line -> line.matches("Uid:.*\\t0(\\t.*)?"));
    }

    /**
     * Root owns the machine, and so would whoever breaks into a Freehold that runs as root.
     *
     * @throws LauncherException {@link ExitStatus#FAILED} if this is root and {@link Setting#ALLOW_ROOT} does not
     *     say that it is meant
     */
    public static void requireOrdinary(Configuration configuration) {
        requireOrdinary(isRoot(), configuration);
    }

    static void requireOrdinary(boolean root, Configuration configuration) {
        if (root && !"true".equals(configuration.get(Setting.ALLOW_ROOT))) {
            throw new LauncherException(
                    ExitStatus.FAILED,
                    "Freehold does not run as root, since whoever breaks into it would own this machine: run it as a"
                            + " user of its own, or say that it is meant with allow.root = true"
                            + " (FREEHOLD_ALLOW_ROOT=true)");
        }
    }
}
