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
    private @Nullable String taken;

    /**
     * @param gone whether the container was deleted
     */
    synchronized void add(String id, boolean gone) {
        waiting.put(id, gone);
        notifyAll();
    }

    /** Whether it waits or is being read: then what an event says alone may be older than what is read. */
    synchronized boolean isBusy(String id) {
        return waiting.containsKey(id) || id.equals(taken);
    }

    /** Lets whoever waits go on. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Waits for the next, the one before being done with; null if there is none in time, or it was woken. */
    synchronized @Nullable Change next(Duration patience) throws InterruptedException {
        taken = null;
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
        taken = change.id();
        return change;
    }

    /**
     * A change.
     *
     * @param gone whether the container was deleted
     */
    record Change(String id, boolean gone) {}
}
