package io.freehold.rest.jersey;

import java.time.Duration;

/** Counts what is under way, so that something can be closed once nothing uses it any more. */
final class InFlight {
    private int count;
    private boolean closed;

    /** Begins one; false if no more may begin. */
    synchronized boolean enter() {
        if (closed) {
            return false;
        }
        count++;
        return true;
    }

    /** Ends one. */
    synchronized void leave() {
        count--;
        if (count == 0) {
            notifyAll();
        }
    }

    /** Lets no more begin. */
    synchronized void close() {
        closed = true;
    }

    /** Waits for those under way; false if some are still there when the time is up. */
    synchronized boolean awaitNone(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (count > 0) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
