package io.freehold.provider.docker;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Containers that changed and were not read since, each once, in the order of their first change. */
final class ChangeQueue {
    private final Map<String, Boolean> waiting = new LinkedHashMap<>();
    private boolean woken;

    /**
     * @param gone whether the container was deleted
     */
    synchronized void add(String id, boolean gone) {
        waiting.put(id, gone);
        notifyAll();
    }

    /** Lets whoever waits go on. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Waits for the next; null if there is none in time, or it was woken. */
    synchronized @Nullable Change next(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (waiting.isEmpty() && !woken) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return null;
            }
            wait(millis);
        }
        Iterator<Map.Entry<String, Boolean>> entries = waiting.entrySet().iterator();
        if (!entries.hasNext()) {
            return null;
        }
        Map.Entry<String, Boolean> first = entries.next();
        Change change = new Change(first.getKey(), first.getValue());
        entries.remove();
        return change;
    }

    /**
     * A change.
     *
     * @param gone whether the container was deleted
     */
    record Change(String id, boolean gone) {}
}
