package io.freehold.core.inventory;

import io.freehold.api.instance.Instance;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.core.util.Ids;
import io.freehold.core.util.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one report of a backend changes in the inventory, worked out under the inventory's lock. */
final class Changes {
    private final Map<UUID, Entry> byId;
    private final Creations creations;
    private final Sequence revisions;
    private final Ids ids;
    private final List<Change> all = new ArrayList<>();

    /** One entry that came, changed or went; at least one of the two is there. */
    record Change(@Nullable Entry before, @Nullable Entry after) {}

    Changes(Map<UUID, Entry> byId, Creations creations, Sequence revisions, Ids ids) {
        this.byId = byId;
        this.creations = creations;
        this.revisions = revisions;
        this.ids = ids;
    }

    List<Change> all() {
        return all;
    }

    /** Brings an entry to what was observed; keeps the very same entry if callers would see no difference. */
    void put(BackendView view, ObservedInstance observed) {
        Entry before = view.entries().get(observed.id());
        if (before != null && !before.observed().incarnation().equals(observed.incarnation())) {
            remove(view, observed.id());
            before = null;
        }
        Identity identity = before != null ? before.identity() : identify(view, observed);
        long revision = before != null ? before.instance().revision() : 0;
        Instance instance = instance(view, identity, observed, revision);
        Entry after;
        if (before != null && before.instance().equals(instance)) {
            if (before.observed().equals(observed)) {
                return;
            }
            // The backend says something new that callers do not see: the instance object stays the same.
            after = Entry.of(before.instance(), observed);
        } else {
            after = Entry.of(instance(view, identity, observed, revisions.next()), observed);
        }
        view.put(after);
        byId.put(after.id(), after);
        all.add(new Change(before, after));
    }

    /** Gives an entry to another project. */
    void move(BackendView view, Entry before, @Nullable UUID projectId) {
        Identity identity =
                new Identity(before.id(), projectId, before.instance().managed());
        Entry after = Entry.of(instance(view, identity, before.observed(), revisions.next()), before.observed());
        view.put(after);
        byId.put(after.id(), after);
        all.add(new Change(before, after));
    }

    /** Takes an entry away, if there is one. */
    void remove(BackendView view, NativeId nativeId) {
        Entry gone = view.remove(nativeId);
        if (gone != null) {
            byId.remove(gone.id());
            revisions.next();
            all.add(new Change(gone, null));
        }
    }

    /** Freehold's own by its token, unless something else carries that already: a copy is not it. */
    private Identity identify(BackendView view, ObservedInstance observed) {
        String token = observed.creationToken();
        return creations
                .recognise(token, view.id())
                .filter(identity -> !byId.containsKey(identity.id()))
                .orElseGet(() -> new Identity(
                        ids.next(), null, token != null && creations.isOwn(token) && !view.isClaimed(token)));
    }

    static Instance instance(BackendView view, Identity identity, ObservedInstance observed, long revision) {
        return new Instance(
                identity.id(),
                observed.name(),
                observed.kind(),
                observed.state(),
                view.id(),
                view.providerId(),
                observed.node(),
                identity.projectId(),
                observed.template(),
                observed.labels(),
                observed.createdAt(),
                observed.resources(),
                observed.network(),
                view.stale() ? List.of() : Actions.of(observed.state(), view.capabilities()),
                identity.managed(),
                view.stale(),
                revision);
    }
}
