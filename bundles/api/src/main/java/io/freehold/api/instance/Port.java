package io.freehold.api.instance;

import org.jspecify.annotations.Nullable;

/**
 * A port of an instance and where it can be reached.
 *
 * @param port the port inside, 1 to 65535
 * @param hostPort the port outside; null if it is not published, or in a request: any free one
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 * @param address the address outside that it is bound to; null for all, or if it is not published
 */
public record Port(
        int port,
        @Nullable Integer hostPort,
        String protocol,
        @Nullable String address) {}
