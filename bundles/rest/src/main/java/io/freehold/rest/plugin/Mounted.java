package io.freehold.rest.plugin;

import io.freehold.rest.http.Api;
import io.freehold.rest.http.Route;
import io.freehold.rest.http.Routed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What plugins serve at this moment. */
public interface Mounted extends Routed {
    /** Who answers a path; empty if no plugin does. */
    Optional<Api.Resources> find(String path);

    /** Another number whenever what plugins serve, or how they describe it, may be another. */
    long changes();

    /** Every route that plugins serve. */
    @Override
    List<Route> routes();

    /** How plugins describe their resources, by plugin: OpenAPI documents, as they are in their bundles. */
    Map<String, byte[]> descriptions();
}
