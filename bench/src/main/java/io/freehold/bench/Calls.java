package io.freehold.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The processor time of one small authenticated call, beside a bare Jetty handler with the same answer. */
final class Calls {
    private Calls() {}

    static Ratio measure(Freehold freehold, String path, int requests, int rounds)
            throws IOException, InterruptedException {
        try (Http panel = freehold.signIn()) {
            String body = panel.get(path).text();
            // The same JVM flags as Freehold's own.
            Process raw = new ProcessBuilder(
                            "java",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            RawJetty.class.getName(),
                            body)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(raw.getInputStream(), StandardCharsets.UTF_8))) {
                int port = Integer.parseInt(out.readLine());
                try (Http rival = Http.tcp(port, "")) {
                    double[] ours = new double[rounds];
                    double[] theirs = new double[rounds];
                    cpuMicros(panel, path, freehold.usage(), requests);
                    cpuMicros(rival, "/", new Linux(raw.pid()), requests);
                    for (int i = 0; i < rounds; i++) {
                        ours[i] = cpuMicros(panel, path, freehold.usage(), requests);
                        theirs[i] = cpuMicros(rival, "/", new Linux(raw.pid()), requests);
                    }
                    return new Ratio(
                            "cheapest authenticated call (GET " + path + "), CPU per request",
                            "µs",
                            Ratio.median(ours),
                            Ratio.median(theirs),
                            "≤ 3× a raw Jetty handler",
                            3,
                            "one connection, " + requests + " requests a round");
                }
            } finally {
                raw.destroy();
            }
        }
    }

    private static double cpuMicros(Http http, String path, Linux server, int requests) throws IOException {
        double before = server.cpuSeconds();
        for (int i = 0; i < requests; i++) {
            if (http.get(path).status() != 200) {
                throw new IOException(path + " did not answer 200");
            }
        }
        return (server.cpuSeconds() - before) / requests * 1e6;
    }
}
