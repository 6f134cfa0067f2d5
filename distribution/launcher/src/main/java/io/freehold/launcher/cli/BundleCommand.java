package io.freehold.launcher.cli;

import io.freehold.launcher.ExitStatus;
import io.freehold.launcher.LauncherException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code freehold bundle list|start|stop|why}. */
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
        AdminClient.Answer answer =
                client.post("/admin/v1/bundles/" + AdminClient.segment(bundle) + "/" + action, null);
        if (!answer.ok()) {
            throw new LauncherException(
                    ExitStatus.FAILED, "cannot " + action + " bundle '" + bundle + "': " + answer.problem());
        }
        out.println(answer.body().get("symbolicName") + " " + answer.body().get("version") + " is "
                + answer.body().get("state"));
        return ExitStatus.OK;
    }

    /**
     * Says why a bundle does not run, or a file was refused and is no bundle.
     *
     * @param bundle id, symbolic name or its last part; or the name of a file in the deploy folder
     */
    int why(String bundle) {
        AdminClient.Answer answer = client.get("/admin/v1/bundles/" + AdminClient.segment(bundle) + "/why");
        if (answer.ok() && answer.body().get("reasons") instanceof List<?> reasons) {
            String name = String.valueOf(answer.body().get("symbolicName"));
            out.println(name
                    + verdict(reasons.isEmpty(), String.valueOf(answer.body().get("state"))));
            reasons.forEach(reason -> out.println("  " + reason));
            problem(name).ifPresent(problem -> out.println("  " + problem));
            return ExitStatus.OK;
        }
        Optional<String> problem = problem(bundle);
        if (answer.status() != 404 || problem.isEmpty()) {
            throw new LauncherException(
                    ExitStatus.FAILED, "cannot tell about bundle '" + bundle + "': " + answer.problem());
        }
        out.println(bundle + " is no bundle, it was refused:");
        out.println("  " + problem.get());
        return ExitStatus.OK;
    }

    private static String verdict(boolean sound, String state) {
        if (!sound) {
            return " is " + state + ":";
        }
        return state.equals("ACTIVE") ? " runs." : " is " + state + ", and nothing is wrong with it.";
    }

    /** What is wrong with the plugin of that id, as far as anybody says so. */
    private Optional<String> problem(String plugin) {
        AdminClient.Answer answer = client.get("/api/v1/plugins/" + AdminClient.segment(plugin));
        return answer.ok() && answer.body().get("problem") instanceof String problem
                ? Optional.of(problem)
                : Optional.empty();
    }
}
