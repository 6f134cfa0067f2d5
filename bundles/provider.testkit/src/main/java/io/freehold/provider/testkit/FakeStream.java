package io.freehold.provider.testkit;

import io.freehold.api.Subscription;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Delivers to one listener, in order, on a thread of its own: a listener that blocks slows down nobody
 * else and holds no lock of the engine.
 */
final class FakeStream implements Subscription {
    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final @Nullable Runnable tick;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param tick runs once a second; null for nothing
     */
    FakeStream(String name, @Nullable Runnable tick) {
        this.tick = tick;
        this.thread = new Thread(this::deliver, name);
        thread.setDaemon(true);
    }

    void open() {
        thread.start();
    }

    void send(Runnable delivery) {
        queue.add(delivery);
    }

    /** Delivers what is queued and this as the last. */
    void end(Runnable last) {
        send(() -> {
            closed = true;
            last.run();
        });
    }

    @Override
    public void close() {
        closed = true;
        if (Thread.currentThread() != thread) {
            thread.interrupt();
        }
    }

    private void deliver() {
        try {
            while (!closed) {
                @Nullable Runnable next = queue.poll(1, TimeUnit.SECONDS);
                if (closed) {
                    return;
                }
                if (next != null) {
                    next.run();
                } else if (tick != null) {
                    tick.run();
                }
            }
        } catch (InterruptedException e) {
            // closed: this thread's only work is done
            Thread.currentThread().interrupt();
        }
    }
}
