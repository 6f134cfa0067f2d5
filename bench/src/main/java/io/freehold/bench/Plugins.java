package io.freehold.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
                call(clients, quiet, () -> idle(panel));
                int round = i;
                call(clients, busy, () -> firstAnswer[round] = cycle(panel, deploy, plugin));
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
                        p99Millis(busy),
                        p99Millis(quiet),
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

    /** What goes on while others call. */
    private interface Doing {
        void run() throws IOException, InterruptedException;
    }

    /** Calls while something is done, and adds how many nanoseconds each call took. */
    private static void call(List<Http> clients, LongStream.Builder all, Doing doing)
            throws IOException, InterruptedException {
        AtomicBoolean ended = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        List<LongStream.Builder> times = new ArrayList<>();
        for (Http client : clients) {
            LongStream.Builder mine = LongStream.builder();
            times.add(mine);
            threads.add(new Thread(() -> call(client, mine, ended), "client-" + threads.size()));
        }
        threads.forEach(Thread::start);
        try {
            doing.run();
        } finally {
            ended.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        times.forEach(mine -> mine.build().forEach(all));
    }

    private static double p99Millis(LongStream.Builder nanos) {
        long[] sorted = nanos.build().sorted().toArray();
        return sorted[(int) (sorted.length * 0.99)] / 1e6;
    }

    private static void call(Http client, LongStream.Builder times, AtomicBoolean ended) {
        try {
            while (!ended.get()) {
                long before = System.nanoTime();
                if (client.get("/api/v1/instances").status() != 200) {
                    throw new IllegalStateException("A call failed while a plugin came or went");
                }
                times.add(System.nanoTime() - before);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
