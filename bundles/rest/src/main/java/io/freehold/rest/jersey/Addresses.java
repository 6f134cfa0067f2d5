package io.freehold.rest.jersey;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Addresses as URIs; those that are asked for again and again are parsed once. Bounded; thread-safe. */
final class Addresses {
    private static final int MAX_KNOWN = 256;
    private static final int MAX_LENGTH = 200;

    private final String server;
    private final Map<String, URI> known = new ConcurrentHashMap<>();

    /**
     * @param server what every address begins with
     */
    Addresses(String server) {
        this.server = server;
    }

    /**
     * The whole address.
     *
     * @throws IllegalArgumentException if it is no URI
     */
    URI of(String pathQuery) {
        URI address = known.get(pathQuery);
        if (address == null) {
            address = URI.create(server + pathQuery);
            if (pathQuery.length() <= MAX_LENGTH) {
                if (known.size() >= MAX_KNOWN) {
                    known.clear();
                }
                known.put(pathQuery, address);
            }
        }
        return address;
    }
}
