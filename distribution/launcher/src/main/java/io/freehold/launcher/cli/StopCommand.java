package io.freehold.launcher.cli;

import io.freehold.launcher.DataFolder;
import io.freehold.launcher.ExitStatus;
import io.freehold.launcher.LauncherException;
import java.io.PrintStream;
import java.util.Optional;

/** {@code freehold stop}: sends TERM to the process that holds the data folder and waits until it lets go. */
final class StopCommand {
    private static final int PATIENCE_SECONDS = 30;
    private static final int STEP_MILLIS = 50;

    private final DataFolder data;
    private final PrintStream out;

    StopCommand(DataFolder data, PrintStream out) {
        this.data = data;
        this.out = out;
    }

    int stop() throws InterruptedException {
        Optional<Long> pid = data.owner();
        if (pid.isEmpty()) {
            throw new LauncherException(
                    ExitStatus.NOT_RUNNING, "Freehold is not running with the data folder " + data.path());
        }
        boolean sent = ProcessHandle.of(pid.get()).map(ProcessHandle::destroy).orElse(false);
        if (!sent) {
            throw new LauncherException(
                    ExitStatus.FAILED, "cannot stop process " + pid.get() + "; run this as the user that it runs as");
        }
        for (int waited = 0; waited < PATIENCE_SECONDS * 1000; waited += STEP_MILLIS) {
            if (data.owner().isEmpty()) {
                out.println("Freehold has stopped");
                return ExitStatus.OK;
            }
            Thread.sleep(STEP_MILLIS);
        }
        throw new LauncherException(
                ExitStatus.FAILED,
                "process " + pid.get() + " has not stopped within " + PATIENCE_SECONDS + " s; see " + data.log());
    }
}
