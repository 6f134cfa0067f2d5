package io.freehold.bench;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An outside {@code docker stop}: when the engine's own event arrives, and when Freehold's SSE client has it. */
final class Events {
    private static final String PATH = "/api/v1/events";
    private static final String ACCEPT = "Accept: text/event-stream\r\n";

    private Events() {}

    static Ratio measure(Freehold freehold, Engine engine, int rounds) throws IOException, InterruptedException {
        double[] behind = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            String name = "freehold-bench-event-" + i;
            String id = engine.run(name);
            try (Http docker = engine.connect();
                    Http panel = freehold.signIn()) {
                docker.stream("/events?filters=%7B%22event%22%3A%5B%22die%22%5D%7D", "");
                panel.stream(PATH, ACCEPT);
                BlockingQueue<Long> engineSaw = when(docker, line -> line.contains(id));
                BlockingQueue<Long> clientSaw = when(
                        panel,
                        line -> line.startsWith("data:")
                                && line.contains("\"" + name + "\"")
                                && (line.contains("\"STOPPED\"") || line.contains("\"FAILED\"")));
                TimeUnit.MILLISECONDS.sleep(200); // both streams stand and the start's own events are through
                engine.cli("stop", "-t", "0", id);
                behind[i] = (take(clientSaw) - take(engineSaw)) / 1e6;
            }
            engine.cli("rm", "-f", id);
        }
        return new Ratio(
                "outside docker stop to the SSE client, behind the engine's own event, p50",
                "ms",
                Ratio.median(behind),
                0,
                "≤ 10 ms",
                10,
                "");
    }

    private static BlockingQueue<Long> when(Http stream, Predicate<String> line) {
        BlockingQueue<Long> seen = new LinkedBlockingQueue<>();
        Thread reader = new Thread(
                () -> {
                    try {
                        while (!line.test(stream.line())) {
                            // not yet
                        }
                        seen.add(System.nanoTime());
                    } catch (IOException e) {
                        seen.add(Long.MAX_VALUE);
                    }
                },
                "stream");
        reader.setDaemon(true);
        reader.start();
        return seen;
    }

    /** Reads all events until the connection is closed, like a console that is left open. */
    static void follow(Http panel) throws IOException {
        panel.stream(PATH, ACCEPT);
        when(panel, line -> false);
    }

    private static long take(BlockingQueue<Long> queue) throws InterruptedException, IOException {
        Long at = queue.poll(15, TimeUnit.SECONDS);
        if (at == null || at == Long.MAX_VALUE) {
            throw new IOException("The event did not arrive");
        }
        return at;
    }
}
