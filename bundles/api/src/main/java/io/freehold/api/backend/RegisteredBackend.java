package io.freehold.api.backend;

import io.freehold.api.provider.Node;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A backend as it is configured and as it stands.
 *
 * @param provider the id of its provider
 * @param config what was configured; the names of secrets are in {@code secrets} instead
 * @param secrets names of the secret fields that are set
 * @param capabilities the names of what it can do, such as {@code PowerControl}
 * @param product what answers there and its version, such as {@code Docker 20.10.24}; null if never seen
 * @param version the revision of the configuration, for {@code If-Match}; grows with every update
 * @param revision grows with every change, health included
 */
public record RegisteredBackend(
        UUID id,
        String provider,
        String name,
        Map<String, Object> config,
        List<String> secrets,
        Health health,
        List<String> capabilities,
        List<Node> nodes,
        @Nullable String product,
        Instant createdAt,
        long version,
        long revision) {
    public RegisteredBackend {
        config = Map.copyOf(config);
        secrets = List.copyOf(secrets);
        capabilities = List.copyOf(capabilities);
        nodes = List.copyOf(nodes);
    }
}
