package io.freehold.launcher.cli;

import io.freehold.launcher.DataFolder;
import io.freehold.launcher.LauncherException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the doctor can ask a running Freehold. */
final class RunningFreehold {
    private final DataFolder data;
    private final AdminClient client;

    RunningFreehold(DataFolder data) {
        this.data = data;
        this.client = new AdminClient(data);
    }

    List<Finding> examine() {
        if (data.owner().isEmpty()) {
            return List.of(Finding.skip("Freehold is not running: start it to have the rest looked at"));
        }
        List<Finding> findings = new ArrayList<>();
        try {
            Map<?, ?> status = client.get("/admin/v1/status").body();
            findings.add(Finding.ok("the admin socket answers"));
            if (!Boolean.TRUE.equals(status.get("serving"))) {
                findings.add(Finding.fail(
                        "Freehold runs, but serves nothing",
                        "see 'freehold bundle list' for a bundle that is not ACTIVE, and the log"));
                return findings;
            }
            findings.add(Finding.ok("it serves at " + status.get("address")));
            findings.add(
                    data.setupToken().isEmpty()
                            ? Finding.ok("the first administrator is set up")
                            : Finding.fail(
                                    "there is no administrator yet",
                                    "use the token in " + data.path() + "/setup-token"));
            findings.add(new SecondFactors(client).examine());
            findings.add(audit());
            findings.addAll(backends());
        } catch (LauncherException e) {
            findings.add(Finding.fail(e.line(), "see the log; restart Freehold"));
        }
        return findings;
    }

    private Finding audit() {
        AdminClient.Answer answer = client.get("/api/v1/audit/verify");
        if (!answer.ok()) {
            return Finding.fail("the database cannot be read: " + answer.problem(), "see the log");
        }
        return Boolean.TRUE.equals(answer.body().get("ok"))
                ? Finding.ok("the database answers; the audit log is unbroken ("
                        + answer.body().get("entries") + " entries)")
                : Finding.fail(
                        "the audit log has been altered: " + answer.body(),
                        "find out who could write to the database; restore a backup");
    }

    private List<Finding> backends() {
        AdminClient.Answer answer = client.get("/api/v1/backends?limit=1000");
        if (!answer.ok() || !(answer.body().get("items") instanceof List<?> items)) {
            return List.of(Finding.fail("the backends cannot be listed: " + answer.problem(), "see the log"));
        }
        List<Finding> findings = new ArrayList<>();
        for (Object item : items) {
            if (item instanceof Map<?, ?> backend) {
                findings.add(backend(backend));
            }
        }
        return findings.isEmpty() ? List.of(Finding.ok("there is no backend yet")) : findings;
    }

    private static Finding backend(Map<?, ?> backend) {
        Map<?, ?> health = backend.get("health") instanceof Map<?, ?> map ? map : Map.of();
        String name = "backend '" + backend.get("name") + "'";
        return "UP".equals(health.get("status"))
                ? Finding.ok(name + " is healthy")
                : Finding.fail(
                        name + " is not healthy: " + health.get("message"),
                        "check that it runs and that its address and credentials are right");
    }
}
