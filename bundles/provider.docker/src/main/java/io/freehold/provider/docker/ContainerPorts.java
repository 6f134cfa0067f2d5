package io.freehold.provider.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.freehold.api.instance.Port;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the addresses and ports of containers, in an order that does not change from read to read. */
final class ContainerPorts {
    private static final Comparator<Port> ORDER = Comparator.comparingInt(Port::port)
            .thenComparing(Port::protocol)
            .thenComparing(port -> port.hostPort() == null ? 0 : port.hostPort())
            .thenComparing(port -> port.address() == null ? "" : port.address());

    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

    private ContainerPorts() {}

    /** The container's own addresses on all its networks. */
    static List<String> addresses(JsonNode networks) {
        Set<String> addresses = new TreeSet<>();
        for (JsonNode network : networks) {
            for (String field : List.of("IPAddress", "GlobalIPv6Address")) {
                String address = network.path(field).asText();
                if (!address.isEmpty()) {
                    addresses.add(address);
                }
            }
        }
        return List.copyOf(addresses);
    }

    /** The ports of a running container, from the list or from its own answer. */
    static List<Port> inForce(JsonNode source) {
        Set<Port> ports = new LinkedHashSet<>();
        for (JsonNode port : source.path("Ports")) {
            ports.add(port(
                    port.path("PrivatePort").asInt(),
                    port.path("PublicPort").asInt(),
                    port.path("Type").asText("tcp"),
                    port.path("IP").asText()));
        }
        source.path("NetworkSettings")
                .path("Ports")
                .properties()
                .forEach(entry -> addBindings(entry.getKey(), entry.getValue(), ports));
        return sorted(ports);
    }

    /** The ports that a container is to have when it runs. */
    static List<Port> configured(JsonNode inspected) {
        Set<Port> ports = new LinkedHashSet<>();
        JsonNode bindings = inspected.path("HostConfig").path("PortBindings");
        bindings.properties().forEach(entry -> addBindings(entry.getKey(), entry.getValue(), ports));
        inspected.path("Config").path("ExposedPorts").fieldNames().forEachRemaining(name -> {
            if (!bindings.has(name)) {
                addBindings(name, bindings.path(name), ports);
            }
        });
        return sorted(ports);
    }

    /**
     * @param name such as {@code 53/udp}
     */
    private static void addBindings(String name, JsonNode bindings, Collection<Port> ports) {
        String[] parts = name.split("/", 2);
        if (!NUMBER.matcher(parts[0]).matches()) {
            return; // no port that anybody could use
        }
        int number = Integer.parseInt(parts[0]);
        String protocol = parts.length > 1 ? parts[1] : "tcp";
        if (bindings.isEmpty()) {
            ports.add(new Port(number, null, protocol, null));
        }
        for (JsonNode binding : bindings) {
            ports.add(port(
                    number,
                    binding.path("HostPort").asInt(),
                    protocol,
                    binding.path("HostIp").asText()));
        }
    }

    /** The engine says {@code 0.0.0.0} and {@code ::} where a port is bound to all addresses. */
    private static Port port(int number, int hostPort, String protocol, String address) {
        boolean all = address.isEmpty() || address.equals("0.0.0.0") || address.equals("::");
        @Nullable Integer published = hostPort > 0 ? (Integer) hostPort : null;
        return new Port(number, published, protocol, all ? null : address);
    }

    private static List<Port> sorted(Collection<Port> ports) {
        List<Port> sorted = new ArrayList<>(ports);
        sorted.sort(ORDER);
        return sorted;
    }
}
