package io.freehold.rest.plugin;

import io.freehold.rest.http.Api;
import java.util.Map;
import java.util.Optional;

/** What plugins serve at this moment. */
public interface Mounted {
    /** Who answers a path; empty if no plugin does. */
    Optional<Api.Resources> find(String path);

    /** Another number whenever what plugins serve, or how they describe it, may be another. */
    long changes();

    /** How plugins describe their resources, by plugin: OpenAPI documents, as they are in their bundles. */
    Map<String, byte[]> descriptions();
}
