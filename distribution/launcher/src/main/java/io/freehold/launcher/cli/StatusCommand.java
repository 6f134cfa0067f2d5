package io.freehold.launcher.cli;

import io.freehold.launcher.ExitStatus;
import io.freehold.launcher.LauncherException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code freehold status}: a line for each address that is served, and one about the process. */
final class StatusCommand {
    private final AdminClient client;
    private final PrintStream out;

    StatusCommand(AdminClient client, PrintStream out) {
        this.client = client;
        this.out = out;
    }

    int status() {
        AdminClient.Answer answer = client.get("/admin/v1/status");
        if (!answer.ok()) {
            throw new LauncherException(ExitStatus.FAILED, "Freehold does not tell its status: " + answer.problem());
        }
        Map<?, ?> status = answer.body();
        boolean serving = Boolean.TRUE.equals(status.get("serving"));
        out.println("Freehold " + status.get("version")
                + (serving ? " serves at " + status.get("address") : " runs, but serves nothing"));
        if (status.get("tls") instanceof Map<?, ?> tls) {
            out.println("and at " + tls.get("address") + ", certificate SHA-256 " + tls.get("fingerprint"));
        }
        Map<?, ?> bundles = status.get("bundles") instanceof Map<?, ?> map ? map : Map.of();
        String features = status.get("features") instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : "unknown";
        out.println("process " + status.get("pid") + ", up "
                + uptime(status.get("uptimeSeconds") instanceof Number number ? number.longValue() : 0)
                + "; features " + features
                + "; " + bundles.get("active") + " of " + bundles.get("total") + " bundles active");
        return serving ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private static String uptime(long seconds) {
        Duration up = Duration.ofSeconds(seconds);
        if (up.toDays() > 0) {
            return up.toDays() + " d " + up.toHoursPart() + " h";
        }
        if (up.toHours() > 0) {
            return up.toHours() + " h " + up.toMinutesPart() + " min";
        }
        return up.toMinutes() > 0 ? up.toMinutes() + " min " + up.toSecondsPart() + " s" : up.toSeconds() + " s";
    }
}
