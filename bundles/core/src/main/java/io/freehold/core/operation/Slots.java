package io.freehold.core.operation;

import java.util.ArrayDeque;
import java.util.Queue;

/** Lets only so many operations of one backend run at once; the others wait in order, without a thread. */
final class Slots {
    private static final int AT_ONCE = 8;

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int free = AT_ONCE;

    /** Starts now or when one before has left. */
    void enter(Runnable start) {
        synchronized (this) {
            if (free == 0) {
                waiting.add(start);
                return;
            }
            free--;
        }
        start.run();
    }

    /** One that was started has ended. */
    void leave() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free++;
            }
        }
        if (next != null) {
            next.run();
        }
    }
}
