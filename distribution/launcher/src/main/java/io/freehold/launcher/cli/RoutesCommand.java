package io.freehold.launcher.cli;

import io.freehold.launcher.ExitStatus;
import io.freehold.launcher.LauncherException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code freehold routes}. */
final class RoutesCommand {
    private static final List<String> HEAD = List.of("METHOD", "KIND", "OPEN", "PERMISSION", "PLUGIN", "PATH");

    private final AdminClient client;
    private final PrintStream out;

    RoutesCommand(AdminClient client, PrintStream out) {
        this.client = client;
        this.out = out;
    }

    int list() {
        AdminClient.Answer answer = client.get("/admin/v1/routes");
        if (!answer.ok() || !(answer.body().get("items") instanceof List<?> items)) {
            throw new LauncherException(ExitStatus.FAILED, "cannot list the routes: " + answer.problem());
        }
        List<List<String>> lines = new ArrayList<>(List.of(HEAD));
        for (Object item : items) {
            if (item instanceof Map<?, ?> route) {
                lines.add(line(route));
            }
        }
        StringBuilder format = new StringBuilder();
        for (int column = 0; column < HEAD.size() - 1; column++) {
            int here = column;
            int width = lines.stream()
                    .mapToInt(line -> line.get(here).length())
                    .max()
                    .orElse(1);
            format.append("%-").append(width).append("s  ");
        }
        format.append("%s%n");
        lines.forEach(line -> out.printf(format.toString(), line.toArray()));
        return ExitStatus.OK;
    }

    private static List<String> line(Map<?, ?> route) {
        return List.of(
                text(route.get("method")),
                text(route.get("kind")),
                Boolean.TRUE.equals(route.get("open")) ? "open" : "-",
                text(route.get("permission")),
                text(route.get("plugin")),
                text(route.get("path")));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }
}
