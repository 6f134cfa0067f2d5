package io.freehold.api.provider;

import io.freehold.api.instance.Kind;
import io.freehold.api.instance.Network;
import io.freehold.api.instance.Resources;
import io.freehold.api.instance.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance as its backend sees it.
 *
 * @param id the backend's own id
 * @param incarnation tells a later thing with the same id from this one: a creation time, a generation id;
 *     for ids that are never used again, the id itself
 * @param node the machine that it is on; null where a backend has only one
 * @param template what it was made from; null if unknown
 * @param creationToken {@link InstanceSpec#creationToken()} that it was created with; null if Freehold did
 *     not create it
 */
public record ObservedInstance(
        NativeId id,
        String incarnation,
        String name,
        Kind kind,
        State state,
        @Nullable String node,
        @Nullable String template,
        Map<String, String> labels,
        Instant createdAt,
        Resources resources,
        Network network,
        @Nullable String creationToken) {
    public ObservedInstance {
        labels = Map.copyOf(labels);
    }

    /** An instance that is created now, as asked: stopped, on no node, its time of creation for an incarnation. */
    public static ObservedInstance created(NativeId id, InstanceSpec spec) {
        Instant now = Instant.now();
        return new ObservedInstance(
                id,
                now.toString(),
                spec.name(),
                spec.kind(),
                State.STOPPED,
                null,
                spec.template(),
                spec.labels(),
                now,
                spec.resources(),
                new Network(List.of(), spec.ports()),
                spec.creationToken());
    }

    /** The same instance in another state. */
    public ObservedInstance in(State other) {
        return new ObservedInstance(
                id,
                incarnation,
                name,
                kind,
                other,
                node,
                template,
                labels,
                createdAt,
                resources,
                network,
                creationToken);
    }
}
