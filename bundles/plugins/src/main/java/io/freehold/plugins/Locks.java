package io.freehold.plugins;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One lock for each name: what is done to one thing is done one after the other. Thread-safe. */
final class Locks {
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    /** What to synchronize on. */
    Object of(String name) {
        return locks.computeIfAbsent(name, any -> new Object());
    }
}
