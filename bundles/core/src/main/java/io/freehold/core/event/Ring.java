package io.freehold.core.event;

import io.freehold.api.event.Event;
import io.freehold.api.event.EventType;
import io.freehold.api.event.Position;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last events, by id. Ids have no gaps from the first of this run on, which is ahead of those of earlier
 * runs: it begins at the time in microseconds. Thread-safe.
 */
final class Ring {
    private final Clock clock;
    private final @Nullable Entry[] entries;
    private final long base;
    private long last;
    private long newestRevision;

    /** An event and who may see it. */
    record Entry(Event event, Audience audience) {}

    Ring(Clock clock, int capacity) {
        this.clock = clock;
        this.entries = new @Nullable Entry[capacity];
        this.base = clock.millis() * 1000;
        this.last = base;
    }

    synchronized void add(EventType type, long revision, Object body, Audience audience) {
        last++;
        newestRevision = Math.max(newestRevision, revision);
        entries[slot(last)] = new Entry(new Event(last, clock.instant(), type, revision, body), audience);
    }

    /** The id of the newest event, or what comes before the first. */
    synchronized long last() {
        return last;
    }

    /** Where the events are now. */
    synchronized Position position() {
        return new Position(last, newestRevision);
    }

    /** Whether every event after the given id is still here. */
    synchronized boolean covers(long id) {
        return id >= Math.max(base, last - entries.length) && id <= last;
    }

    /** The next events after the given id, oldest first; null if some of them are no longer here. */
    synchronized @Nullable List<Entry> after(long id, int limit) {
        if (!covers(id)) {
            return null;
        }
        List<Entry> found = new ArrayList<>();
        for (long next = id + 1; next <= last && found.size() < limit; next++) {
            Entry entry = entries[slot(next)];
            if (entry != null) {
                found.add(entry);
            }
        }
        return found;
    }

    private int slot(long id) {
        return (int) ((id - base) % entries.length);
    }
}
