package io.freehold.itests.system;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Threads that ask for the list of instances all the time, each on a connection of its own. */
final class Load implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private volatile Latencies latencies = new Latencies();
    private volatile boolean ended;

    Load(Freehold freehold, int clients) {
        for (int i = 0; i < clients; i++) {
            Client client = freehold.signIn();
            Thread thread = new Thread(() -> run(client), "load-" + i);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    private void run(Client client) {
        while (!ended) {
            Latencies mine = latencies;
            long before = System.nanoTime();
            try {
                Answer answer = client.get("/api/v1/instances");
                if (answer.status() != 200) {
                    failures.add(answer.status() + " " + answer.text());
                }
            } catch (RuntimeException e) {
                failures.add(e.toString());
            }
            mine.add(System.nanoTime() - before);
        }
    }

    /** Ends the load and says what failed. */
    List<String> failures() {
        close();
        return failures;
    }

    /** Has the requests that begin from now on measured there. */
    void measure(Latencies into) {
        latencies = into;
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
