package io.freehold.rest.view;

import io.freehold.api.instance.Kind;
import io.freehold.api.instance.NewInstance;
import io.freehold.api.instance.Port;
import io.freehold.api.instance.Resources;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An instance that somebody wants created. */
@Schema(
        name = "NewInstance",
        requiredProperties = {"backendId", "name", "template"})
public record InstanceRequest(
        @Schema(format = "uuid") @Nullable String backendId,
        @Nullable String name,

        @Schema(description = "Left out: the backend's only kind.", example = "CONTAINER") @Nullable
        String kind,

        @Schema(description = "For a container an image reference.", example = "busybox:latest") @Nullable
        String template,

        @Schema(format = "uuid") @Nullable String projectId,
        @Nullable Resources resources,
        @Nullable List<@Nullable PortRequest> ports,
        @Nullable Map<String, @Nullable String> environment,
        @Nullable Map<String, @Nullable String> labels,

        @Schema(description = "What the backend's provider asks for.") @Nullable
        Map<String, Object> config,

        @Schema(description = "Whether to start it once it is created.", defaultValue = "true") @Nullable
        Boolean start) {
    /** A port of the instance, and where it is to be reached. */
    @Schema(name = "PortRequest", requiredProperties = "port")
    public record PortRequest(
            @Schema(minimum = "1", maximum = "65535") @Nullable
            Integer port,

            @Schema(minimum = "1", maximum = "65535", description = "Left out: any free one.") @Nullable
            Integer hostPort,

            @Schema(
                    allowableValues = {"tcp", "udp", "sctp"},
                    defaultValue = "tcp")
            @Nullable
            String protocol,

            @Nullable String address) {}

    /**
     * The request in the words of the service.
     *
     * @throws io.freehold.api.FreeholdException {@code INVALID} naming every field that is missing or of another kind; what its
     *     value may be, the service says
     */
    public NewInstance checked() {
        Requests requests = new Requests();
        String wantedBackend = requests.text("backendId", backendId);
        String wantedName = requests.text("name", name);
        String wantedTemplate = requests.text("template", template);
        UUID backend = uuid("backendId", wantedBackend, requests);
        UUID project = uuid("projectId", projectId, requests);
        if (kind != null && !kind.matches("[A-Z][A-Z0-9_]{0,39}")) {
            requests.wrong("kind", "must be upper-case words joined by _");
        }
        List<Port> wantedPorts = ports(requests);
        Map<String, String> wantedEnvironment = texts("environment", environment, requests);
        Map<String, String> wantedLabels = texts("labels", labels, requests);
        requests.check();
        return new NewInstance(
                backend == null ? new UUID(0, 0) : backend,
                wantedName,
                kind == null ? null : new Kind(kind),
                wantedTemplate,
                project,
                resources == null ? Resources.UNLIMITED : resources,
                wantedPorts,
                wantedEnvironment,
                wantedLabels,
                config == null ? Map.of() : config,
                start == null || start);
    }

    private List<Port> ports(Requests requests) {
        List<Port> wanted = new ArrayList<>();
        for (int i = 0; ports != null && i < ports.size(); i++) {
            PortRequest port = ports.get(i);
            String field = "ports[" + i + "]";
            if (port == null || port.port() == null) {
                requests.wrong(field + ".port", "is required");
                continue;
            }
            String protocol = port.protocol() == null ? "tcp" : port.protocol();
            wanted.add(new Port(port.port(), port.hostPort(), protocol, port.address()));
        }
        return wanted;
    }

    private static Map<String, String> texts(
            String field, @Nullable Map<String, @Nullable String> given, Requests requests) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (given != null) {
            given.forEach((key, value) -> {
                if (value == null) {
                    requests.wrong(field + "." + key, "must be a text");
                } else {
                    texts.put(key, value);
                }
            });
        }
        return texts;
    }

    private static @Nullable UUID uuid(String field, @Nullable String text, Requests requests) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            requests.wrong(field, "must be a UUID");
            return null;
        }
        return UUID.fromString(text);
    }
}
