package io.freehold.core.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.Network;
import io.freehold.api.instance.Port;
import io.freehold.api.instance.Resources;
import io.freehold.api.instance.State;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.core.util.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Observations as JSON for the database. Written by hand, so that an older row stays readable. */
final class Observations {
    private final Json json;

    Observations(Json json) {
        this.json = json;
    }

    String write(ObservedInstance observed) {
        ObjectNode node = json.object();
        node.put("id", observed.id().value());
        node.put("incarnation", observed.incarnation());
        node.put("name", observed.name());
        node.put("kind", observed.kind().name());
        node.put("state", observed.state().name());
        node.put("node", observed.node());
        node.put("template", observed.template());
        node.put("createdAt", observed.createdAt().toString());
        node.put("creationToken", observed.creationToken());
        node.put("cpus", observed.resources().cpus());
        node.put("memoryBytes", observed.resources().memoryBytes());
        node.put("diskBytes", observed.resources().diskBytes());
        ObjectNode labels = node.putObject("labels");
        observed.labels().forEach(labels::put);
        ArrayNode addresses = node.putArray("addresses");
        observed.network().addresses().forEach(addresses::add);
        ArrayNode ports = node.putArray("ports");
        for (Port port : observed.network().ports()) {
            ports.addObject()
                    .put("port", port.port())
                    .put("hostPort", port.hostPort())
                    .put("protocol", port.protocol())
                    .put("address", port.address());
        }
        return json.write(node);
    }

    ObservedInstance read(String text) {
        JsonNode node = json.readTree(text);
        Map<String, String> labels = new HashMap<>();
        node.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        List<String> addresses = new ArrayList<>();
        node.path("addresses").forEach(address -> addresses.add(address.asText()));
        List<Port> ports = new ArrayList<>();
        for (JsonNode port : node.path("ports")) {
            ports.add(new Port(
                    port.path("port").asInt(),
                    port.hasNonNull("hostPort") ? port.path("hostPort").asInt() : null,
                    port.path("protocol").asText(),
                    text(port, "address")));
        }
        return new ObservedInstance(
                new NativeId(node.path("id").asText()),
                node.path("incarnation").asText(),
                node.path("name").asText(),
                new Kind(node.path("kind").asText()),
                State.valueOf(node.path("state").asText()),
                text(node, "node"),
                text(node, "template"),
                labels,
                Instant.parse(node.path("createdAt").asText()),
                new Resources(
                        node.hasNonNull("cpus") ? node.path("cpus").asDouble() : null,
                        node.hasNonNull("memoryBytes")
                                ? node.path("memoryBytes").asLong()
                                : null,
                        node.hasNonNull("diskBytes") ? node.path("diskBytes").asLong() : null),
                new Network(addresses, ports),
                text(node, "creationToken"));
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field).asText() : null;
    }
}
