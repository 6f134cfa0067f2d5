package io.freehold.launcher;

import io.freehold.launcher.cli.Cli;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The entry point of {@code bin/freehold}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        int status;
        try {
            status = run(Arrays.asList(args));
        } catch (LauncherException e) {
            System.err.println("freehold: " + e.line());
            status = e.status();
        }
        System.out.flush();
        System.exit(status);
    }

    private static int run(List<String> args) throws InterruptedException {
        Path home = Path.of(System.getProperty("freehold.home", "."))
                .toAbsolutePath()
                .normalize();
        if (args.equals(List.of("run")) || args.equals(List.of("run", "--background"))) {
            Configuration configuration = Configuration.read(home, System.getenv());
            return new RunCommand(configuration, version(), args.size() > 1, System.out).run();
        }
        return new Cli(home, version(), System.getenv(), System.out, System.err).run(args);
    }

    /** The version of this distribution. */
    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("unknown");
    }
}
