package io.freehold.launcher.cli;

import io.freehold.launcher.ExitStatus;
import io.freehold.launcher.LauncherException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code freehold plugin list|install|enable|disable|rollback|uninstall}. */
final class PluginCommand {
    private static final String PLUGINS = "/api/v1/plugins";
    private static final String JAR = "application/java-archive";

    private final AdminClient client;
    private final PrintStream out;

    PluginCommand(AdminClient client, PrintStream out) {
        this.client = client;
        this.out = out;
    }

    int list() {
        AdminClient.Answer answer = client.get(PLUGINS + "?limit=1000");
        if (!answer.ok() || !(answer.body().get("items") instanceof List<?> items)) {
            throw new LauncherException(ExitStatus.FAILED, "cannot list the plugins: " + answer.problem());
        }
        List<Line> lines = new ArrayList<>(List.of(new Line("ID", "VERSION", "STATE", "SOURCE", "PUBLISHER", null)));
        for (Object item : items) {
            if (item instanceof Map<?, ?> plugin) {
                lines.add(Line.of(plugin));
            }
        }
        if (lines.size() == 1) {
            out.println("There are no plugins.");
            return ExitStatus.OK;
        }
        int id = lines.stream().mapToInt(line -> line.id.length()).max().orElse(1);
        int version =
                lines.stream().mapToInt(line -> line.version.length()).max().orElse(1);
        String format = "%-" + id + "s  %-" + version + "s  %-8s  %-8s  %s%n";
        for (Line line : lines) {
            out.printf(format, line.id, line.version, line.state, line.source, line.publisher);
            if (line.problem != null) {
                out.println("    " + line.problem);
            }
        }
        return ExitStatus.OK;
    }

    /** One row of the table; what is not known is a dash. */
    private record Line(
            String id,
            String version,
            String state,
            String source,
            String publisher,
            @Nullable String problem) {
        static Line of(Map<?, ?> plugin) {
            return new Line(
                    text(plugin.get("id")),
                    text(plugin.get("version")),
                    text(plugin.get("state")),
                    text(plugin.get("source")).toLowerCase(Locale.ROOT),
                    text(plugin.get("publisher")),
                    plugin.get("problem") instanceof String problem ? problem : null);
        }

        private static String text(@Nullable Object value) {
            return value == null || value.equals("") ? "-" : value.toString();
        }
    }

    /**
     * @param jar a signed bundle
     */
    int install(Path jar) {
        if (!Files.isRegularFile(jar) || !Files.isReadable(jar)) {
            throw new LauncherException(ExitStatus.FAILED, "there is no file '" + jar + "' that can be read");
        }
        AdminClient.Answer answer = client.upload(PLUGINS, JAR, jar);
        int status = done("install", jar.toString(), answer);
        if ("DISABLED".equals(answer.body().get("state"))) {
            if (answer.body().get("requires") instanceof List<?> requires && !requires.isEmpty()) {
                out.println("It asks for:");
                requires.forEach(each -> out.println("  " + each));
            }
            out.println("Enable it: bin/freehold plugin enable " + answer.body().get("id"));
        }
        return status;
    }

    /**
     * @param action enable, disable or rollback
     */
    int act(String id, String action) {
        return done(action, id, client.post(PLUGINS + "/" + AdminClient.segment(id) + "/" + action, null));
    }

    int uninstall(String id) {
        AdminClient.Answer answer = client.delete(PLUGINS + "/" + AdminClient.segment(id));
        if (!answer.ok()) {
            throw failed("uninstall", id, answer);
        }
        out.println(id + " is gone");
        return ExitStatus.OK;
    }

    private int done(String action, String what, AdminClient.Answer answer) {
        if (!answer.ok()) {
            throw failed(action, what, answer);
        }
        out.println(answer.body().get("id") + " " + answer.body().get("version") + " is "
                + answer.body().get("state"));
        return ExitStatus.OK;
    }

    private static LauncherException failed(String action, String what, AdminClient.Answer answer) {
        return new LauncherException(
                ExitStatus.FAILED, "cannot " + action + " plugin '" + what + "': " + answer.problem());
    }
}
