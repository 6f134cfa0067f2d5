package io.freehold.api.instance;

import java.util.List;

/**
 * How an instance is reached.
 *
 * @param addresses its own addresses, as its backend names them
 * @param ports its ports
 */
public record Network(List<String> addresses, List<Port> ports) {
    public static final Network NONE = new Network(List.of(), List.of());

    public Network {
        addresses = List.copyOf(addresses);
        ports = List.copyOf(ports);
    }
}
