package io.freehold.bench;

import java.io.IOException;

/** Creating, starting, stopping and removing a container: over REST, and with the Docker command line. */
final class Lifecycle {
    private static final String WAIT = "Prefer: wait=60\r\n";

    private Lifecycle() {}

    static Ratio measure(Freehold freehold, String backend, Engine engine, int rounds)
            throws IOException, InterruptedException {
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        try (Http panel = freehold.signIn()) {
            ours(panel, backend, engine.image(), "freehold-bench-warm");
            theirs(engine, "freehold-bench-warm");
            for (int i = 0; i < rounds; i++) {
                ours[i] = ours(panel, backend, engine.image(), "freehold-bench-life-" + i);
                theirs[i] = theirs(engine, "freehold-bench-life-" + i);
            }
        }
        return new Ratio(
                "create + start + stop + remove a container, p50",
                "ms",
                Ratio.median(ours),
                Ratio.median(theirs),
                "≤ 1.05× the Docker command line",
                1.05,
                "stopped without grace on both sides");
    }

    private static double ours(Http panel, String backend, String image, String name) throws IOException {
        String create = """
                {"backendId":"%s","name":"%s","template":"%s","kind":"CONTAINER","start":false,\
                "config":{"command":["sleep","3600"]}}""".formatted(backend, name, image);
        long before = System.nanoTime();
        String id = done(panel.call("POST", "/api/v1/instances", WAIT, create));
        done(panel.call("POST", "/api/v1/instances/" + id + "/actions/start", WAIT, "{}"));
        done(panel.call("POST", "/api/v1/instances/" + id + "/actions/stop", WAIT, "{\"timeoutSeconds\":0}"));
        done(panel.call("DELETE", "/api/v1/instances/" + id, WAIT, ""));
        return (System.nanoTime() - before) / 1e6;
    }

    private static String done(Http.Answer answer) throws IOException {
        var operation = Freehold.expect(200, answer);
        if (!operation.get("status").asText().equals("SUCCEEDED")) {
            throw new IOException("The operation did not succeed: " + operation);
        }
        return operation.get("instanceId").asText();
    }

    private static double theirs(Engine engine, String name) throws IOException, InterruptedException {
        long before = System.nanoTime();
        engine.cli("create", "--name", name, engine.image(), "sleep", "3600");
        engine.cli("start", name);
        engine.cli("stop", "-t", "0", name);
        engine.cli("rm", name);
        return (System.nanoTime() - before) / 1e6;
    }
}
