package io.freehold.core.inventory;

import io.freehold.api.Page;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.InstanceQuery;
import io.freehold.api.security.Access;
import io.freehold.api.security.Permissions;
import io.freehold.core.util.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers one list query from a snapshot. Somebody who may see everything and filters nothing pays for the
 * page alone; everybody else for one pass.
 */
final class Finder {
    private final Access access;
    private final InstanceQuery query;
    private final Order order;
    private final boolean descending;
    private final boolean seesAll;
    private final @Nullable String text;
    private final @Nullable Cursor cursor;

    Finder(Access access, InstanceQuery query) {
        this.access = access;
        this.query = query;
        this.order = Order.of(query.sort());
        this.descending = query.sort() != null && query.sort().startsWith("-");
        this.seesAll = access.allows(Permissions.INSTANCE_READ);
        this.text = query.text() == null ? null : query.text().toLowerCase(Locale.ROOT);
        String name = (descending ? "-" : "") + order.name();
        this.cursor = query.page().cursor() == null
                ? null
                : Cursor.decode(query.page().cursor(), name);
    }

    Page<Instance> page(Snapshot snapshot) {
        Entry[] entries = snapshot.in(order);
        List<Entry> found = new ArrayList<>();
        boolean everything = seesAll && !filters();
        int begin = cursor == null ? 0 : begin(entries, cursor);
        int total = everything ? entries.length : 0;
        boolean more = false;
        for (int i = everything ? begin : 0; i < entries.length; i++) {
            Entry entry = at(entries, i);
            if (everything || matches(entry)) {
                if (!everything) {
                    total++;
                }
                if (i >= begin && found.size() < query.page().limit()) {
                    found.add(entry);
                } else if (i >= begin) {
                    more = true;
                    if (everything) {
                        break;
                    }
                }
            }
        }
        return new Page<>(
                found.stream().map(Entry::instance).toList(), more ? next(found.get(found.size() - 1)) : null, total);
    }

    private String next(Entry last) {
        return new Cursor((descending ? "-" : "") + order.name(), order.key(last), last.id()).encode();
    }

    private Entry at(Entry[] entries, int i) {
        return descending ? entries[entries.length - 1 - i] : entries[i];
    }

    /** The first place, in the direction of the list, that lies behind the cursor. */
    private int begin(Entry[] entries, Cursor after) {
        int low = 0;
        int high = entries.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int side = order.compare(at(entries, middle), after.key(), after.id());
            if (descending ? side < 0 : side > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private boolean filters() {
        return query.kind() != null
                || query.state() != null
                || query.backendId() != null
                || query.projectId() != null
                || text != null
                || !query.labels().isEmpty();
    }

    private boolean matches(Entry entry) {
        Instance instance = entry.instance();
        return (query.kind() == null || query.kind().equals(instance.kind()))
                && (query.state() == null || query.state() == instance.state())
                && (query.backendId() == null || query.backendId().equals(instance.backendId()))
                && (query.projectId() == null || query.projectId().equals(instance.projectId()))
                && (text == null || entry.searched().contains(text))
                && labelsMatch(instance.labels())
                && (seesAll || access.allows(Permissions.INSTANCE_READ, entry.scopes()));
    }

    private boolean labelsMatch(Map<String, String> labels) {
        for (Map.Entry<String, String> wanted : query.labels().entrySet()) {
            String value = labels.get(wanted.getKey());
            if (value == null
                    || (!wanted.getValue().isEmpty() && !wanted.getValue().equals(value))) {
                return false;
            }
        }
        return true;
    }
}
