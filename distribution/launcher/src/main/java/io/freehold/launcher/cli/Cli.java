package io.freehold.launcher.cli;

import io.freehold.launcher.Configuration;
import io.freehold.launcher.DataFolder;
import io.freehold.launcher.ExitStatus;
import io.freehold.launcher.LauncherException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Finds the command that the arguments name. */
public final class Cli {
    static final String HELP = """
            Usage: freehold COMMAND

              run                    run here until Ctrl-C; the log goes to standard output
              start                  run in the background; the log goes to log/freehold.log in the data folder
              stop                   stop it and wait until it has
              status                 say whether it runs and serves
              version                say which version this is
              doctor                 check this installation and say what to do
              doctor --strict        the same, and what only deserves a note fails, too
              routes                 list everything that is served, and what of it is open
              user reset NAME        give a user a new password and print it
              user import FILE       add users with the password hashes of another program
              bundle list            list the bundles
              bundle start NAME      start a bundle: by id, symbolic name or its last part
              bundle stop NAME       stop a bundle until it is started again, or Freehold is
              bundle why NAME        say why a bundle does not run, or a file in deploy was refused
              audit verify           check the audit log of the running Freehold
              audit verify FILE...   check exports or sealed segments, in their order, as one chain; --anchors FILE,
                                     --key KEY, --partial; needs no running Freehold
              audit export FILE      write the audit log to a new file
              plugin list            list the plugins, and the files that were refused
              plugin install FILE    add a signed plugin, or replace it by another version
              plugin enable ID       start a plugin, now and at every start
              plugin disable ID      stop a plugin until it is enabled
              plugin rollback ID     bring the version before back
              plugin uninstall ID    remove a plugin that was installed

            Settings are in etc/freehold.cfg; the environment wins (http.port is FREEHOLD_HTTP_PORT).
            Exit status: 0 done, 1 failed, 2 wrong command or setting, 3 not running.
            """;

    private final Path home;
    private final String version;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param home the folder that Freehold was unpacked to
     * @param version of this distribution
     */
    public Cli(Path home, String version, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.home = home;
        this.version = version;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a command.
     *
     * @return the status to exit with
     * @throws LauncherException if it fails
     */
    public int run(List<String> args) throws InterruptedException {
        String command = String.join(" ", args.subList(0, Math.min(args.size(), 2)));
        if (command.equals("audit verify")) {
            return audit().verify(args.subList(2, args.size()));
        }
        if (args.size() == 3) {
            String name = args.get(2);
            switch (command) {
                case "audit export" -> {
                    return audit().export(Path.of(name));
                }
                case "user reset" -> {
                    return new UserCommand(client(), out).reset(name);
                }
                case "user import" -> {
                    return new UserCommand(client(), out).importAll(Path.of(name));
                }
                case "bundle start", "bundle stop" -> {
                    return new BundleCommand(client(), out).act(name, args.get(1));
                }
                case "bundle why" -> {
                    return new BundleCommand(client(), out).why(name);
                }
                case "plugin install" -> {
                    return new PluginCommand(client(), out).install(Path.of(name));
                }
                case "plugin enable", "plugin disable", "plugin rollback" -> {
                    return new PluginCommand(client(), out).act(name, args.get(1));
                }
                case "plugin uninstall" -> {
                    return new PluginCommand(client(), out).uninstall(name);
                }
                default -> {
                    return usage(command);
                }
            }
        }
        return switch (command) {
            case "help", "--help", "-h" -> print(HELP);
            case "version", "--version" -> print("Freehold " + version + "\n");
            case "start" -> new StartCommand(configuration(), out).start();
            case "stop" -> new StopCommand(data(), out).stop();
            case "status" -> new StatusCommand(client(), out).status();
            case "doctor" -> new DoctorCommand(home, environment, out).examine(false);
            case "doctor --strict" -> new DoctorCommand(home, environment, out).examine(true);
            case "routes" -> new RoutesCommand(client(), out).list();
            case "bundle list" -> new BundleCommand(client(), out).list();
            case "plugin list" -> new PluginCommand(client(), out).list();
            default -> usage(command);
        };
    }

    private int usage(String command) {
        if (!command.isEmpty()) {
            err.println("freehold: unknown or incomplete command '" + command + "'\n");
        }
        err.print(HELP);
        return ExitStatus.USAGE;
    }

    private int print(String text) {
        out.print(text);
        return ExitStatus.OK;
    }

    private Configuration configuration() {
        return Configuration.read(home, environment);
    }

    private DataFolder data() {
        return new DataFolder(configuration().data());
    }

    private AuditCommand audit() {
        return new AuditCommand(this::client, out);
    }

    private AdminClient client() {
        return new AdminClient(data());
    }
}
