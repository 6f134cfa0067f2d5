package io.freehold.api.backend;

import java.util.Map;

/**
 * A backend that somebody wants connected, or the new state of one.
 *
 * @param provider the id of an installed provider; an update cannot change it
 * @param name 1 to 100 characters, unlike every other backend's
 * @param config what the provider's form asks for, as JSON values; in an update, a secret that is left out stays, unless an
 *     address changes, and one that is null goes
 */
public record NewBackend(String provider, String name, Map<String, Object> config) {}
