package io.freehold.core.inventory;

import io.freehold.api.FreeholdException;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a list of instances can be sorted by; equal ones are in the order of their ids. */
enum Order {
    NAME("name") {
        @Override
        String key(Entry entry) {
            return entry.folded();
        }
    },
    STATE("state") {
        @Override
        String key(Entry entry) {
            return entry.instance().state().name();
        }
    },
    KIND("kind") {
        @Override
        String key(Entry entry) {
            return entry.instance().kind().name();
        }
    },
    CREATED_AT("createdAt") {
        /** Milliseconds with an offset that gives all of them the same number of digits. */
        @Override
        String key(Entry entry) {
            return Long.toString(
                    1_000_000_000_000_000L + entry.instance().createdAt().toEpochMilli());
        }

        @Override
        Comparator<Entry> comparator() {
            return Comparator.comparingLong(
                            (Entry entry) -> entry.instance().createdAt().toEpochMilli())
                    .thenComparing(Entry::id);
        }
    };

    private final String field;

    Order(String field) {
        this.field = field;
    }

    /** A text that sorts as the entries do. */
    abstract String key(Entry entry);

    Comparator<Entry> comparator() {
        return Comparator.comparing(this::key).thenComparing(Entry::id);
    }

    /** Where an entry is, seen from a place between entries. */
    int compare(Entry entry, String key, UUID id) {
        int byKey = key(entry).compareTo(key);
        return byKey != 0 ? byKey : entry.id().compareTo(id);
    }

    /**
     * The order that a request names.
     *
     * @throws FreeholdException {@code INVALID} naming {@code sort}
     */
    static Order of(@Nullable String sort) {
        if (sort == null) {
            return NAME;
        }
        String name = sort.startsWith("-") ? sort.substring(1) : sort;
        for (Order order : values()) {
            if (order.field.equals(name)) {
                return order;
            }
        }
        throw FreeholdException.invalid(
                "sort", "must be name, state, kind or createdAt, with - in front for descending");
    }
}
