package io.freehold.rest.json;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was made from an immutable object for as long as that very object is in use elsewhere. The
 * inventory hands out the same record until the instance changes, so a list of thousands costs a look-up
 * and a copy for each.
 *
 * @param <K> what things are made from; never compared by {@code equals}
 */
public final class WeakIdentityCache<K, V> {
    private final ConcurrentMap<Object, V> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<K> unused = new ReferenceQueue<>();
    private final Function<? super K, ? extends V> maker;

    public WeakIdentityCache(Function<? super K, ? extends V> maker) {
        this.maker = maker;
    }

    /** What was made from the key, made now if need be. */
    public V get(K key) {
        V known = entries.get(new Probe(key));
        if (known != null) {
            return known;
        }
        forgetUnused();
        V made = maker.apply(key);
        entries.put(new Key<>(key, unused), made);
        return made;
    }

    int size() {
        forgetUnused();
        return entries.size();
    }

    private void forgetUnused() {
        Reference<? extends K> gone = unused.poll();
        while (gone != null) {
            entries.remove(gone);
            gone = unused.poll();
        }
    }

    private static final class Key<K> extends WeakReference<K> {
        private final int hash;

        Key(K referent, ReferenceQueue<K> queue) {
            super(referent, queue);
            hash = System.identityHashCode(referent);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }
    }

    /** Looks a key up without the cost of a reference. */
    private static final class Probe {
        private final Object wanted;

        Probe(Object wanted) {
            this.wanted = wanted;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(wanted);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key<?> key
                    ? key.get() == wanted
                    : other instanceof Probe probe && probe.wanted == wanted;
        }
    }
}
