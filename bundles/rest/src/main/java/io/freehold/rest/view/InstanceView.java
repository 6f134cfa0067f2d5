package io.freehold.rest.view;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.Network;
import io.freehold.api.instance.Resources;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An instance as the API shows it. */
@Schema(name = "Instance", description = "A virtual machine, container or game server as the inventory knows it.")
@JsonPropertyOrder({
    "id",
    "name",
    "kind",
    "state",
    "backendId",
    "providerId",
    "node",
    "projectId",
    "labels",
    "createdAt",
    "resources",
    "network",
    "template",
    "actions",
    "managed",
    "stale",
    "revision"
})
public record InstanceView(
        UUID id,
        String name,

        @Schema(description = "VM, CONTAINER, GAME_SERVER, or a kind of a plugin's own.")
        String kind,

        @Schema(allowableValues = {"STOPPED", "STARTING", "RUNNING", "STOPPING", "PAUSED", "FAILED", "UNKNOWN"})
        String state,

        UUID backendId,
        String providerId,
        @Nullable String node,
        @Nullable UUID projectId,
        Map<String, String> labels,
        Instant createdAt,
        Resources resources,
        Network network,
        @Nullable String template,

        @Schema(description = "What can be done with it now, whoever asks.")
        List<String> actions,

        @Schema(description = "Whether Freehold created it.")
        boolean managed,

        @Schema(description = "Whether this is what was last known of a backend that does not answer.")
        boolean stale,

        long revision) {
    public static InstanceView of(Instance instance) {
        return new InstanceView(
                instance.id(),
                instance.name(),
                instance.kind().name(),
                instance.state().name(),
                instance.backendId(),
                instance.providerId(),
                instance.node(),
                instance.projectId(),
                new TreeMap<>(instance.labels()),
                instance.createdAt(),
                instance.resources(),
                instance.network(),
                instance.template(),
                instance.actions(),
                instance.managed(),
                instance.stale(),
                instance.revision());
    }
}
