package io.freehold.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

/** A plugin that comes and goes: how soon it answers, and what the calls of others have of it. */
final class Plugins {
    private static final String PATH = "/api/v1/plugins/provider-hello/greetings";
    private static final int CLIENTS = 4;

    private Plugins() {}

    /**
     * @param deploy the deploy folder of the running Freehold
     * @param plugin the example plugin
     */
    static List<Ratio> measure(Freehold freehold, Path deploy, Path plugin, int rounds)
            throws IOException, InterruptedException {
        double[] firstAnswer = new double[rounds];
        double[] busy = new double[rounds];
        double[] quiet = new double[rounds];
        try (Http panel = freehold.signIn()) {
            cycle(panel, deploy, plugin);
            for (int i = 0; i < rounds; i++) {
                quiet[i] = p99(freehold, () -> idle(panel));
                int round = i;
                busy[i] = p99(freehold, () -> firstAnswer[round] = cycle(panel, deploy, plugin));
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
                        CLIENTS + " clients listing instances"),
                new Ratio(
                        "p99 of other calls while a plugin comes and goes",
                        "ms",
                        Ratio.median(busy),
                        Ratio.median(quiet),
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

    private static double p99(Freehold freehold, Doing doing) throws IOException, InterruptedException {
        AtomicBoolean ended = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        List<LongStream.Builder> times = new ArrayList<>();
        List<Http> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Http client = freehold.signIn();
            LongStream.Builder mine = LongStream.builder();
            clients.add(client);
            times.add(mine);
            threads.add(new Thread(() -> call(client, mine, ended), "client-" + i));
        }
        threads.forEach(Thread::start);
        try {
            doing.run();
        } finally {
            ended.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            for (Http client : clients) {
                client.close();
            }
        }
        long[] all = times.stream().flatMapToLong(mine -> mine.build()).toArray();
        Arrays.sort(all);
        return all[(int) (all.length * 0.99)] / 1e6;
    }

    private static void call(Http client, LongStream.Builder times, AtomicBoolean ended) {
        try {
            while (!ended.get()) {
                long before = System.nanoTime();
                if (client.get("/api/v1/instances?limit=1").status() != 200) {
                    throw new IllegalStateException("A call failed while a plugin came or went");
                }
                times.add(System.nanoTime() - before);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
