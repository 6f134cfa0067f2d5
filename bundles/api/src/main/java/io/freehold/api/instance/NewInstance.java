package io.freehold.api.instance;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants created.
 *
 * @param backendId where
 * @param name its name; the backend's rules hold
 * @param kind null for the backend's only kind
 * @param template what to make it from: for a container an image reference
 * @param projectId the project that it will belong to
 * @param config what the backend's provisioning form asks for, as JSON values
 * @param start whether to start it once it is created
 */
public record NewInstance(
        UUID backendId,
        String name,
        @Nullable Kind kind,
        String template,
        @Nullable UUID projectId,
        Resources resources,
        List<Port> ports,
        Map<String, String> environment,
        Map<String, String> labels,
        Map<String, Object> config,
        boolean start) {
    public NewInstance {
        ports = List.copyOf(ports);
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
    }
}
