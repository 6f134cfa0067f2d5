package io.freehold.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Listing every container: Freehold from its inventory, the engine from itself, in turn. */
final class Lists {
    private static final String PATH = "/api/v1/instances?limit=1000";

    private Lists() {}

    static Ratio measure(Freehold freehold, Engine engine, int containers, int rounds)
            throws IOException, InterruptedException {
        engine.fillTo(containers);
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        try (Http panel = freehold.signIn();
                Http docker = engine.connect()) {
            awaitSameRows(panel, docker);
            for (int i = 0; i < 50; i++) {
                panel.get(PATH);
            }
            for (int i = 0; i < rounds; i++) {
                theirs[i] = millis(docker, "/containers/json?all=1");
                ours[i] = millis(panel, PATH);
            }
            awaitSameRows(panel, docker);
        }
        return new Ratio(
                "list of " + containers + " containers, p50",
                "ms",
                Ratio.median(ours),
                Ratio.median(theirs),
                "≤ 0.05× the engine, equal rows",
                0.05,
                "same names and states on both sides, before and after");
    }

    private static double millis(Http http, String path) throws IOException {
        long before = System.nanoTime();
        int status = http.get(path).status();
        double millis = (System.nanoTime() - before) / 1e6;
        if (status != 200) {
            throw new IOException(path + " answered " + status);
        }
        return millis;
    }

    /** Waits until Freehold lists what the engine lists, in the same states. */
    static void awaitSameRows(Http panel, Http docker) throws IOException, InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        Set<String> ours = Set.of();
        Set<String> theirs = Set.of("not asked yet");
        while (!ours.equals(theirs)) {
            if (System.nanoTime() > limit) {
                throw new IOException("The rows differ: " + ours.size() + " here, " + theirs.size() + " at the engine");
            }
            theirs = new TreeSet<>();
            for (JsonNode container :
                    Freehold.JSON.readTree(docker.get("/containers/json?all=1").text())) {
                theirs.add(container.get("Names").get(0).asText().substring(1)
                        + (container.get("State").asText().equals("running") ? " runs" : ""));
            }
            ours = new TreeSet<>();
            for (JsonNode instance : Freehold.expect(200, panel.get(PATH)).get("items")) {
                ours.add(instance.get("name").asText()
                        + (instance.get("state").asText().equals("RUNNING") ? " runs" : ""));
            }
            if (!ours.equals(theirs)) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }
}
