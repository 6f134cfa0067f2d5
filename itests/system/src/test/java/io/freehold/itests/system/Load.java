package io.freehold.itests.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Threads that ask for the list of instances all the time, each on a connection of its own. */
final class Load implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<List<Long>> nanos = new ArrayList<>();
    private volatile boolean ended;

    Load(Freehold freehold, int clients) {
        for (int i = 0; i < clients; i++) {
            Client client = freehold.signIn();
            List<Long> times = new ArrayList<>();
            nanos.add(times);
            Thread thread = new Thread(() -> run(client, times), "load-" + i);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    private void run(Client client, List<Long> times) {
        while (!ended) {
            long before = System.nanoTime();
            try {
                Answer answer = client.get("/api/v1/instances");
                if (answer.status() != 200) {
                    failures.add(answer.status() + " " + answer.text());
                }
            } catch (RuntimeException e) {
                failures.add(e.toString());
            }
            times.add(System.nanoTime() - before);
        }
    }

    /** Ends the load and says what failed. */
    List<String> failures() {
        close();
        return failures;
    }

    /** How long the slowest hundredth of the requests took at least. */
    Duration p99() {
        close();
        long[] all = nanos.stream()
                .flatMapToLong(times -> times.stream().mapToLong(Long::longValue))
                .sorted()
                .toArray();
        return Duration.ofNanos(all[(int) (all.length * 0.99)]);
    }

    long requests() {
        return nanos.stream().mapToLong(List::size).sum();
    }

    @Override
    public void close() {
        ended = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
