package io.freehold.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

/** Threads that each do something over and over until this is closed. */
final class Meanwhile implements AutoCloseable {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Exception> failures = new CopyOnWriteArrayList<>();

    /** What a thread does over and over. */
    interface Step {
        void run() throws IOException, InterruptedException;
    }

    /** Begins to do something over and over, in a thread of its own. */
    void repeat(Step step) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (!ended.get()) {
                            step.run();
                        }
                    } catch (IOException | InterruptedException e) {
                        failures.add(e);
                    }
                },
                "meanwhile-" + threads.size());
        threads.add(thread);
        thread.start();
    }

    /** The same step, which adds how many nanoseconds it took each time. */
    static Step timed(LongStream.Builder nanos, Step step) {
        return () -> {
            long before = System.nanoTime();
            step.run();
            long took = System.nanoTime() - before;
            synchronized (nanos) {
                nanos.add(took);
            }
        };
    }

    /** @throws IOException if one of the threads failed */
    @Override
    public void close() throws IOException, InterruptedException {
        ended.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IOException(failures.get(0));
        }
    }
}
