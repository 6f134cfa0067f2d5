package io.freehold.security.support;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was not touched for longest once it is full. Not thread-safe. */
public final class Bounded<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int capacity;

    public Bounded(int capacity) {
        super(16, 0.75f, true);
        this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > capacity;
    }
}
