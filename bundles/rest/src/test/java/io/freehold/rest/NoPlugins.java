package io.freehold.rest;

import io.freehold.rest.http.Api;
import io.freehold.rest.http.Route;
import io.freehold.rest.plugin.Mounted;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** No plugin serves anything. */
public final class NoPlugins implements Mounted {
    @Override
    public Optional<Api.Resources> find(String path) {
        return Optional.empty();
    }

    @Override
    public long changes() {
        return 0;
    }

    @Override
    public List<Route> routes() {
        return List.of();
    }

    @Override
    public Map<String, byte[]> descriptions() {
        return Map.of();
    }
}
