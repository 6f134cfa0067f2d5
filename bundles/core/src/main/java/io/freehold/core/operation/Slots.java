package io.freehold.core.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Lets only so many operations of one backend run at once, and of one owner half as many, so that whoever has many
 * that take long leaves room for others. The rest wait in order, without a thread.
 */
final class Slots {
    private static final int AT_ONCE = 8;
    private static final int SHARE = AT_ONCE / 2;

    private final Map<UUID, Lane> lanes = new HashMap<>();

    /**
     * Something that wants a place.
     *
     * @param owners on whose shares it counts
     * @param start begins it; once it has ended {@link #leave} is to be called
     */
    record Entrant(UUID backend, Set<?> owners, Runnable start) {}

    /** Starts now or when there is a place. */
    void enter(Entrant entrant) {
        List<Entrant> admitted;
        synchronized (this) {
            Lane lane = lanes.computeIfAbsent(entrant.backend(), id -> new Lane());
            lane.waiting.add(entrant);
            admitted = lane.admit();
        }
        admitted.forEach(next -> next.start().run());
    }

    /** One that was started has ended. */
    void leave(UUID backend, Set<?> owners) {
        List<Entrant> admitted;
        synchronized (this) {
            Lane lane = lanes.computeIfAbsent(backend, id -> new Lane());
            lane.running.remove(owners);
            admitted = lane.admit();
            if (lane.running.isEmpty()) {
                lanes.remove(backend);
            }
        }
        admitted.forEach(next -> next.start().run());
    }

    /** For how many backends something runs or waits. */
    synchronized int backends() {
        return lanes.size();
    }

    /** What runs and waits on one backend. */
    private static final class Lane {
        /** The owners of each that runs. */
        private final List<Set<?>> running = new ArrayList<>();

        private final List<Entrant> waiting = new ArrayList<>();

        private List<Entrant> admit() {
            List<Entrant> admitted = new ArrayList<>();
            Iterator<Entrant> queue = waiting.iterator();
            while (running.size() < AT_ONCE && queue.hasNext()) {
                Entrant next = queue.next();
                if (next.owners().stream().allMatch(this::hasShareLeft)) {
                    queue.remove();
                    running.add(next.owners());
                    admitted.add(next);
                }
            }
            return admitted;
        }

        private boolean hasShareLeft(Object owner) {
            return running.stream().filter(owners -> owners.contains(owner)).count() < SHARE;
        }
    }
}
