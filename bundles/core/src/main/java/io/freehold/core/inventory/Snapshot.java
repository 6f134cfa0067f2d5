package io.freehold.core.inventory;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every instance at one revision, sorted. Immutable to those who read it; other orders than that of names
 * are made when first asked for.
 */
final class Snapshot {
    private final long revision;
    private final Entry[] byName;
    private final Map<Order, Entry[]> others = new ConcurrentHashMap<>();

    private Snapshot(long revision, Entry[] byName) {
        this.revision = revision;
        this.byName = byName;
    }

    static Snapshot of(long revision, Collection<Entry> entries) {
        Entry[] sorted = entries.toArray(new Entry[0]);
        Arrays.sort(sorted, Order.NAME.comparator());
        return new Snapshot(revision, sorted);
    }

    long revision() {
        return revision;
    }

    /** The entries in an order; not to be changed. */
    Entry[] in(Order order) {
        if (order == Order.NAME) {
            return byName;
        }
        Entry[] sorted = others.get(order);
        if (sorted == null) {
            sorted = byName.clone();
            Arrays.sort(sorted, order.comparator());
            others.put(order, sorted);
        }
        return sorted;
    }

    /** The snapshot after a few changes, each made to a copy in order. */
    Snapshot after(long newRevision, List<Changes.Change> changes) {
        Entry[] entries = byName;
        for (Changes.Change change : changes) {
            Entry before = change.before();
            Entry after = change.after();
            if (before != null && after != null && before.folded().equals(after.folded())) {
                entries = entries.clone();
                entries[find(entries, before)] = after;
            } else {
                entries = before == null ? entries : without(entries, before);
                entries = after == null ? entries : with(entries, after);
            }
        }
        return new Snapshot(newRevision, entries);
    }

    private static Entry[] with(Entry[] entries, Entry entry) {
        int place = -(find(entries, entry) + 1);
        Entry[] copy = new Entry[entries.length + 1];
        System.arraycopy(entries, 0, copy, 0, place);
        copy[place] = entry;
        System.arraycopy(entries, place, copy, place + 1, entries.length - place);
        return copy;
    }

    private static Entry[] without(Entry[] entries, Entry entry) {
        int place = find(entries, entry);
        Entry[] copy = new Entry[entries.length - 1];
        System.arraycopy(entries, 0, copy, 0, place);
        System.arraycopy(entries, place + 1, copy, place, copy.length - place);
        return copy;
    }

    private static int find(Entry[] entries, Entry entry) {
        return Arrays.binarySearch(entries, entry, Order.NAME.comparator());
    }
}
