package io.freehold.rest.view;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.freehold.api.backend.RegisteredBackend;
import io.freehold.api.provider.Node;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A backend as the API shows it. */
@Schema(name = "Backend", description = "One configured connection of a provider, and how it stands.")
@JsonPropertyOrder({
    "id",
    "provider",
    "name",
    "config",
    "secrets",
    "health",
    "capabilities",
    "nodes",
    "product",
    "version",
    "createdAt"
})
public record BackendView(
        UUID id,
        String provider,
        String name,

        @Schema(description = "What was configured, secrets left out.")
        Map<String, Object> config,

        @Schema(description = "Names of the secrets that are set.")
        List<String> secrets,

        HealthView health,
        List<String> capabilities,
        List<Node> nodes,
        @Nullable String product,

        @Schema(description = "For If-Match; grows with every change of the configuration.")
        long version,

        Instant createdAt) {
    /** Whether it answers. */
    @Schema(name = "Health")
    public record HealthView(
            @Schema(allowableValues = {"UP", "CONNECTING", "DOWN", "NO_PROVIDER"})
            String status,

            Instant since,
            @Nullable String message,
            @Nullable Instant observedAt) {}

    public static BackendView of(RegisteredBackend backend) {
        return new BackendView(
                backend.id(),
                backend.provider(),
                backend.name(),
                new TreeMap<>(backend.config()),
                backend.secrets(),
                new HealthView(
                        backend.health().status().name(),
                        backend.health().since(),
                        backend.health().message(),
                        backend.health().observedAt()),
                backend.capabilities(),
                backend.nodes(),
                backend.product(),
                backend.version(),
                backend.createdAt());
    }
}
