package io.freehold.api.instance;

import io.freehold.api.security.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One virtual machine, container or game server as the inventory knows it.
 *
 * @param id Freehold's own id, the same for as long as the instance lives
 * @param name its name on its backend
 * @param kind what sort of thing it is
 * @param state what it was when last observed
 * @param backendId the backend that it is on
 * @param providerId the provider of that backend, such as {@code docker}
 * @param node the machine inside the backend; null where a backend has only one
 * @param projectId the project that it belongs to, if any
 * @param template what it was made from, such as an image reference; null if unknown
 * @param labels labels on its backend
 * @param createdAt when the backend created it
 * @param resources its limits
 * @param network how it is reached
 * @param actions what can be done with it now, whoever asks: {@code start}, {@code stop}, …, {@code delete}
 * @param managed whether Freehold created it
 * @param stale whether its backend cannot be reached now, so that this is what was last known
 * @param revision grows with every change of this instance
 */
public record Instance(
        UUID id,
        String name,
        Kind kind,
        State state,
        UUID backendId,
        String providerId,
        @Nullable String node,
        @Nullable UUID projectId,
        @Nullable String template,
        Map<String, String> labels,
        Instant createdAt,
        Resources resources,
        Network network,
        List<String> actions,
        boolean managed,
        boolean stale,
        long revision) {
    public Instance {
        labels = Map.copyOf(labels);
        actions = List.copyOf(actions);
    }

    /** The scopes, innermost first, at which a binding reaches this instance; {@code /} is left out. */
    public List<Scope> scopes() {
        return projectId == null
                ? List.of(Scope.instance(id), Scope.backend(backendId))
                : List.of(Scope.instance(id), Scope.project(projectId), Scope.backend(backendId));
    }
}
