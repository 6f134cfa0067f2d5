package io.freehold.launcher.cli;

import io.freehold.launcher.Account;
import io.freehold.launcher.Configuration;
import io.freehold.launcher.DataFolder;
import io.freehold.launcher.ExitStatus;
import io.freehold.launcher.LauncherException;
import io.freehold.launcher.Privacy;
import io.freehold.launcher.SetupHint;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code freehold start}: runs Freehold in a session of its own and waits until it serves or says why not. */
final class StartCommand {
    private static final int PATIENCE_SECONDS = 90;
    private static final int STEP_MILLIS = 100;

    /** Hanging up the terminal, or Ctrl-C in it, must not reach what runs in the background. */
    private static final String DETACH =
            "trap '' HUP; if command -v setsid >/dev/null 2>&1; then exec setsid \"$0\" \"$@\"; fi; exec \"$0\" \"$@\"";

    private final Configuration configuration;
    private final DataFolder data;
    private final PrintStream out;

    StartCommand(Configuration configuration, PrintStream out) {
        this.configuration = configuration;
        this.data = new DataFolder(configuration.data());
        this.out = out;
    }

    int start() throws InterruptedException {
        Optional<Long> owner = data.owner();
        if (owner.isPresent()) {
            out.println("Freehold runs already (process " + owner.get() + ")");
            return ExitStatus.OK;
        }
        Account.requireOrdinary(configuration);
        Privacy.require(configuration);
        data.prepare();
        Path output = data.log().resolveSibling("start.out");
        try {
            Process process = new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            DETACH,
                            configuration.home().resolve("bin/freehold").toString(),
                            "run",
                            "--background")
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return await(process, output);
        } catch (IOException e) {
            throw new LauncherException(ExitStatus.FAILED, "cannot start Freehold: " + e.getMessage(), e);
        }
    }

    private int await(Process process, Path output) throws IOException, InterruptedException {
        for (int waited = 0; waited < PATIENCE_SECONDS * 1000; waited += STEP_MILLIS) {
            if (!process.isAlive()) {
                out.print(Files.readString(output));
                return process.exitValue() == ExitStatus.OK ? ExitStatus.FAILED : process.exitValue();
            }
            String said = Files.readAllLines(output).stream()
                    .filter(line -> line.startsWith("Freehold "))
                    .collect(Collectors.joining());
            if (!said.isEmpty()) {
                out.println(said);
                data.setupToken().ifPresent(token -> out.println(SetupHint.of(token)));
                return ExitStatus.OK;
            }
            Thread.sleep(STEP_MILLIS);
        }
        throw new LauncherException(
                ExitStatus.FAILED,
                "Freehold runs (process " + process.pid() + "), but serves nothing after " + PATIENCE_SECONDS
                        + " s; see " + data.log());
    }
}
