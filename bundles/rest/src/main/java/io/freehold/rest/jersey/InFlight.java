package io.freehold.rest.jersey;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Knows which answers are under way, so that something can be closed once nothing uses it any more. */
final class InFlight {
    private final Set<JerseyAnswer> answers = new HashSet<>();
    private boolean closed;

    /** Begins one; false if no more may begin. */
    synchronized boolean enter(JerseyAnswer answer) {
        return !closed && answers.add(answer);
    }

    /** Ends one. */
    synchronized void leave(JerseyAnswer answer) {
        answers.remove(answer);
        if (closed && answers.isEmpty()) {
            notifyAll();
        }
    }

    /** Lets no more begin; answers with those under way. */
    synchronized List<JerseyAnswer> close() {
        closed = true;
        return List.copyOf(answers);
    }

    /** Waits for those under way, and answers with those that are still there when the time is up. */
    synchronized List<JerseyAnswer> awaitNone(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (!answers.isEmpty()) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    break;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.copyOf(answers);
    }
}
