package io.freehold.core.inventory;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.event.EventType;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.InstanceQuery;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.security.Access;
import io.freehold.api.security.Permissions;
import io.freehold.api.storage.Transactions;
import io.freehold.core.event.Audience;
import io.freehold.core.event.Events;
import io.freehold.core.inventory.Changes.Change;
import io.freehold.core.project.Departures;
import io.freehold.core.util.Ids;
import io.freehold.core.util.Platform;
import io.freehold.core.util.Sequence;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The live picture of every backend's instances. Reading takes no lock and reaches no backend; changes come
 * one at a time, and those who may see them hear of them in that order.
 */
public final class Inventory {
    /** From how many changes at once sorting anew is cheaper than fitting each in. */
    private static final int MANY = 32;

    private final Map<UUID, BackendView> views = new HashMap<>();
    private final Map<UUID, Entry> byId = new ConcurrentHashMap<>();
    private final Creations creations;
    private final InstanceWriter writer;
    private final Events events;
    private final Sequence revisions;
    private final Ids ids;
    private volatile Snapshot snapshot;

    public Inventory(
            Creations creations, InstanceStore store, Departures departures, Platform platform, Events events) {
        this.creations = creations;
        this.writer = new InstanceWriter(platform.transactions(), store, departures, platform.workers());
        this.events = events;
        this.revisions = platform.revisions();
        this.ids = platform.ids();
        this.snapshot = Snapshot.of(revisions.next(), List.of());
    }

    /** Brings back what was last known, stale; for the start of the core, before anything else. */
    public void load(Transactions transactions, InstanceStore store, Map<UUID, String> providers) {
        List<InstanceStore.Stored> stored = transactions.read(store::load);
        synchronized (views) {
            providers.forEach((id, provider) -> views.put(id, new BackendView(id, provider)));
            for (InstanceStore.Stored row : stored) {
                BackendView view = views.get(row.backendId());
                if (view != null) {
                    Entry entry = Entry.of(
                            Changes.instance(view, row.identity(), row.observed(), revisions.next()), row.observed());
                    Entry older = view.put(entry);
                    if (older != null) {
                        byId.remove(older.id());
                        writer.remove(older.id());
                    }
                    byId.put(entry.id(), entry);
                }
            }
            snapshot = Snapshot.of(revisions.next(), byId.values());
        }
    }

    /** Makes room for a backend. */
    public void open(UUID backendId, String providerId) {
        synchronized (views) {
            views.putIfAbsent(backendId, new BackendView(backendId, providerId));
        }
    }

    public Optional<Entry> find(UUID id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * The instance with that id.
     *
     * @throws FreeholdException {@code NOT_FOUND}
     */
    public Entry get(UUID id) {
        return find(id).orElseThrow(() -> FreeholdException.notFound("instance"));
    }

    /** The instance that a backend calls so. */
    public Optional<Entry> find(UUID backendId, NativeId nativeId) {
        synchronized (views) {
            BackendView view = views.get(backendId);
            return view == null
                    ? Optional.empty()
                    : Optional.ofNullable(view.entries().get(nativeId));
        }
    }

    /** What carries a creation token on a backend. */
    public List<Entry> withToken(UUID backendId, String token) {
        synchronized (views) {
            BackendView view = views.get(backendId);
            return view == null
                    ? List.of()
                    : view.entries().values().stream()
                            .filter(entry -> token.equals(entry.observed().creationToken()))
                            .toList();
        }
    }

    public Page<Instance> list(Access access, InstanceQuery query) {
        return new Finder(access, query).page(snapshot);
    }

    /** Every instance, as they are while looked at. */
    public Collection<Entry> entries() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** The ids of a backend's instances. */
    public List<UUID> idsOf(UUID backendId) {
        synchronized (views) {
            BackendView view = views.get(backendId);
            return view == null
                    ? List.of()
                    : view.entries().values().stream().map(Entry::id).toList();
        }
    }

    /** Changes with every change of any instance. */
    public long revision() {
        return snapshot.revision();
    }

    /** The moment before a question to a backend, to be given back with its answer. */
    public long mark(UUID backendId) {
        synchronized (views) {
            BackendView view = views.get(backendId);
            return view == null ? 0 : view.clock();
        }
    }

    /** A backend reports that an instance is new or has changed. */
    public void changed(UUID backendId, ObservedInstance observed) {
        change(backendId, (view, changes) -> {
            view.touch(observed.id());
            changes.put(view, observed);
        });
    }

    /** A backend reports that an instance is gone. */
    public void removed(UUID backendId, NativeId nativeId) {
        change(backendId, (view, changes) -> {
            view.touch(nativeId);
            changes.remove(view, nativeId);
        });
    }

    /**
     * A backend was asked about one instance.
     *
     * @return false, and nothing changes, if something was heard of that instance since it was asked: ask again
     */
    public boolean answered(UUID backendId, NativeId nativeId, Optional<ObservedInstance> answer, long mark) {
        synchronized (views) {
            BackendView view = views.get(backendId);
            if (view != null && view.touchedSince(nativeId, mark)) {
                return false;
            }
            answer.ifPresentOrElse(observed -> changed(backendId, observed), () -> removed(backendId, nativeId));
            return true;
        }
    }

    /** A backend was asked for everything: the picture of it is complete and no longer stale. */
    public void replace(UUID backendId, List<ObservedInstance> all, Set<String> capabilities, long mark) {
        change(backendId, (view, changes) -> {
            boolean rebuild = view.stale() || !view.capabilities().equals(capabilities);
            view.stale(false);
            view.capabilities(capabilities);
            Set<NativeId> present = new HashSet<>();
            for (ObservedInstance observed : all) {
                present.add(observed.id());
                if (!view.touchedSince(observed.id(), mark) && (rebuild || !view.knows(observed))) {
                    changes.put(view, observed);
                }
            }
            for (Entry entry : List.copyOf(view.entries().values())) {
                if (view.touchedSince(entry.nativeId(), mark)) {
                    changes.put(view, entry.observed());
                } else if (!present.contains(entry.nativeId())) {
                    changes.remove(view, entry.nativeId());
                }
            }
            view.forgetTouches(mark);
        });
    }

    /** A backend cannot be reached: what is known of it is stale. */
    public void stale(UUID backendId) {
        change(backendId, (view, changes) -> {
            if (!view.stale()) {
                view.stale(true);
                List.copyOf(view.entries().values()).forEach(entry -> changes.put(view, entry.observed()));
            }
        });
    }

    /** An instance belongs to another project, or to none; that is stored already. */
    public void move(UUID id, @Nullable UUID projectId) {
        find(id).ifPresent(known -> change(known.instance().backendId(), (view, changes) -> {
            Entry entry = byId.get(id);
            if (entry != null) {
                changes.move(view, entry, projectId);
            }
        }));
    }

    /** A backend is no longer Freehold's; its rows are deleted with it. */
    public void forget(UUID backendId) {
        change(backendId, (view, changes) -> {
            List.copyOf(view.entries().keySet()).forEach(nativeId -> changes.remove(view, nativeId));
            views.remove(backendId);
        });
    }

    /** Writes what is not yet written; for the end of the core. */
    public void flush() {
        writer.flush();
    }

    private void change(UUID backendId, BiConsumer<BackendView, Changes> report) {
        synchronized (views) {
            BackendView view = views.get(backendId);
            if (view != null) {
                Changes changes = new Changes(byId, creations, revisions, ids);
                report.accept(view, changes);
                apply(changes.all());
            }
        }
    }

    /** Lets everybody see the changes, stores them, and tells of those that callers can see. */
    private void apply(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        snapshot = changes.size() > MANY
                ? Snapshot.of(revisions.last(), byId.values())
                : snapshot.after(revisions.last(), changes);
        for (Change change : changes) {
            Entry before = change.before();
            Entry after = change.after();
            if (after != null && (before == null || !before.observed().equals(after.observed()))) {
                writer.save(after);
            }
            if (after == null && before != null) {
                writer.remove(before.id());
                tell(EventType.INSTANCE_REMOVED, before, revisions.last());
            } else if (after != null
                    && (before == null
                            || before.instance().revision() != after.instance().revision())) {
                tell(EventType.INSTANCE_CHANGED, after, after.instance().revision());
                if (before != null && !before.scopes().equals(after.scopes())) {
                    tellThoseWhoLost(before, after);
                }
            }
        }
    }

    /** For those who saw it where it was and do not see it where it is, it is gone. */
    private void tellThoseWhoLost(Entry before, Entry after) {
        events.publish(
                EventType.INSTANCE_REMOVED,
                after.instance().revision(),
                before.instance(),
                (caller, access) -> access.allows(Permissions.INSTANCE_READ, before.scopes())
                        && !access.allows(Permissions.INSTANCE_READ, after.scopes()));
    }

    private void tell(EventType type, Entry entry, long revision) {
        events.publish(type, revision, entry.instance(), Audience.holding(Permissions.INSTANCE_READ, entry.scopes()));
    }
}
