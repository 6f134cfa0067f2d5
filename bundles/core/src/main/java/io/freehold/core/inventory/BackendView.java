package io.freehold.core.inventory;

import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the inventory holds of one backend, guarded by the inventory's lock. It counts what it is told, so
 * that an answer that was under way when something newer arrived does not undo it.
 */
final class BackendView {
    private final UUID id;
    private final String providerId;
    private final Map<NativeId, Entry> entries = new HashMap<>();
    private final Map<String, NativeId> claimed = new HashMap<>();
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

    /** What there is, for looking; it is changed by {@link #put} and {@link #remove} alone. */
    Map<NativeId, Entry> entries() {
        return entries;
    }

    /** Adds or replaces an entry; gives back the one that was there. */
    @Nullable
    Entry put(Entry entry) {
        Entry before = entries.put(entry.nativeId(), entry);
        if (before != null) {
            disclaim(before);
        }
        String token = entry.observed().creationToken();
        if (token != null && entry.instance().managed()) {
            claimed.put(token, entry.nativeId());
        }
        return before;
    }

    /** Takes an entry away; null if there is none. */
    @Nullable
    Entry remove(NativeId instance) {
        Entry gone = entries.remove(instance);
        if (gone != null) {
            disclaim(gone);
        }
        return gone;
    }

    /** Whether an instance that is Freehold's own carries this token: another one is a copy of it. */
    boolean isClaimed(String token) {
        return claimed.containsKey(token);
    }

    private void disclaim(Entry entry) {
        String token = entry.observed().creationToken();
        if (token != null) {
            claimed.remove(token, entry.nativeId());
        }
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
