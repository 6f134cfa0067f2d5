package io.freehold.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * A plugin that comes and goes: how soon it answers, and what the calls of others have of it. Meanwhile four clients
 * list the instances, one after the other without a pause, and one follows the events.
 */
final class Plugins {
    private static final int INSTANCES = 50;
    private static final String PATH = "/api/v1/plugins/provider-hello/greetings";
    private static final int CLIENTS = 4;

    private Plugins() {}

    /**
     * @param deploy the deploy folder of the running Freehold
     * @param plugin the example plugin
     */
    static List<Ratio> measure(Freehold freehold, Engine engine, Path deploy, Path plugin, int rounds)
            throws IOException, InterruptedException {
        engine.fillTo(INSTANCES);
        double[] firstAnswer = new double[rounds];
        List<Http> clients = new ArrayList<>();
        LongStream.Builder busy = LongStream.builder();
        LongStream.Builder quiet = LongStream.builder();
        try (Http panel = freehold.signIn();
                Http docker = engine.connect();
                Http follower = freehold.signIn()) {
            Lists.awaitSameRows(panel, docker);
            Events.follow(follower);
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(freehold.signIn());
            }
            cycle(panel, deploy, plugin);
            for (int i = 0; i < rounds; i++) {
                calling(clients, quiet, () -> idle(panel));
                int round = i;
                calling(clients, busy, () -> firstAnswer[round] = cycle(panel, deploy, plugin));
            }
        } finally {
            for (Http client : clients) {
                client.close();
            }
        }
        return List.of(
                new Ratio(
                        "jar copied into deploy to its first 200, under load",
                        "ms",
                        Ratio.median(firstAnswer),
                        0,
                        "≤ 300 ms",
                        300,
                        CLIENTS + " clients list " + INSTANCES + " instances, one follows the events"),
                new Ratio(
                        "p99 of other calls while a plugin comes and goes",
                        "ms",
                        Ratio.p99Millis(busy),
                        Ratio.p99Millis(quiet),
                        "≤ 1.5× without",
                        1.5,
                        "the same Freehold, in turn"));
    }

    /** Adds and removes the plugin; answers how many milliseconds its first 200 took. */
    private static double cycle(Http panel, Path deploy, Path plugin) throws IOException, InterruptedException {
        Path file = deploy.resolve("provider-hello.jar");
        Files.copy(plugin, file, StandardCopyOption.REPLACE_EXISTING);
        long before = System.nanoTime();
        await(panel, 200);
        double millis = (System.nanoTime() - before) / 1e6;
        Files.delete(file);
        await(panel, 404);
        return millis;
    }

    /** As long as a cycle and with the same questions, but without a plugin. */
    private static void idle(Http panel) throws IOException, InterruptedException {
        long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(150);
        while (System.nanoTime() < limit) {
            await(panel, 404);
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private static void await(Http panel, int status) throws IOException, InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (panel.get(PATH).status() != status) {
            if (System.nanoTime() > limit) {
                throw new IOException(PATH + " does not answer " + status);
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    /** Does something while clients call, and adds how many nanoseconds each call took. */
    private static void calling(List<Http> clients, LongStream.Builder nanos, Meanwhile.Step doing)
            throws IOException, InterruptedException {
        try (Meanwhile meanwhile = new Meanwhile()) {
            for (Http client : clients) {
                meanwhile.repeat(Meanwhile.timed(nanos, () -> client.expect(200, "/api/v1/instances")));
            }
            doing.run();
        }
    }
}
