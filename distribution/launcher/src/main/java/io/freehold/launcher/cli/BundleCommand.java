package io.freehold.launcher.cli;

import io.freehold.launcher.ExitStatus;
import io.freehold.launcher.LauncherException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** {@code freehold bundle list|start|stop}. */
final class BundleCommand {
    private final AdminClient client;
    private final PrintStream out;

    BundleCommand(AdminClient client, PrintStream out) {
        this.client = client;
        this.out = out;
    }

    int list() {
        AdminClient.Answer answer = client.get("/admin/v1/bundles");
        if (!answer.ok() || !(answer.body().get("items") instanceof List<?> items)) {
            throw new LauncherException(ExitStatus.FAILED, "cannot list the bundles: " + answer.problem());
        }
        for (Object item : items) {
            if (item instanceof Map<?, ?> bundle) {
                out.printf(
                        "%4s  %-9s  %s %s%n",
                        bundle.get("id"), bundle.get("state"), bundle.get("symbolicName"), bundle.get("version"));
            }
        }
        return ExitStatus.OK;
    }

    /**
     * @param bundle id, symbolic name or its last part
     * @param action start or stop
     */
    int act(String bundle, String action) {
        String name = URLEncoder.encode(bundle, StandardCharsets.UTF_8);
        AdminClient.Answer answer = client.post("/admin/v1/bundles/" + name + "/" + action, null);
        if (!answer.ok()) {
            throw new LauncherException(
                    ExitStatus.FAILED, "cannot " + action + " bundle '" + bundle + "': " + answer.problem());
        }
        out.println(answer.body().get("symbolicName") + " " + answer.body().get("version") + " is "
                + answer.body().get("state"));
        return ExitStatus.OK;
    }
}
