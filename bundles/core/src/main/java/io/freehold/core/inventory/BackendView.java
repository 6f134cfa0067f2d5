package io.freehold.core.inventory;

import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What the inventory holds of one backend, guarded by the inventory's lock. It counts what it is told, so
 * that an answer that was under way when something newer arrived does not undo it.
 */
final class BackendView {
    private final UUID id;
    private final String providerId;
    private final Map<NativeId, Entry> entries = new HashMap<>();
    private final Map<NativeId, Long> touched = new HashMap<>();
    private Set<String> capabilities = Set.of();
    private boolean stale = true;
    private long clock;

    BackendView(UUID id, String providerId) {
        this.id = id;
        this.providerId = providerId;
    }

    UUID id() {
        return id;
    }

    String providerId() {
        return providerId;
    }

    Map<NativeId, Entry> entries() {
        return entries;
    }

    Set<String> capabilities() {
        return capabilities;
    }

    void capabilities(Set<String> value) {
        capabilities = Set.copyOf(value);
    }

    boolean stale() {
        return stale;
    }

    void stale(boolean value) {
        stale = value;
    }

    /** The moment, for {@link #touchedSince}. */
    long clock() {
        return clock;
    }

    /** Notes that something was heard of an instance. */
    void touch(NativeId instance) {
        touched.put(instance, ++clock);
    }

    /** Whether something was heard of an instance after a moment. */
    boolean touchedSince(NativeId instance, long mark) {
        return touched.getOrDefault(instance, 0L) > mark;
    }

    /** Forgets touches that no answer under way can be older than. */
    void forgetTouches(long mark) {
        for (Iterator<Long> moments = touched.values().iterator(); moments.hasNext(); ) {
            if (moments.next() <= mark) {
                moments.remove();
            }
        }
    }

    /** Whether an observation adds nothing to what is known. */
    boolean knows(ObservedInstance observed) {
        Entry entry = entries.get(observed.id());
        return entry != null && entry.observed().equals(observed);
    }
}
