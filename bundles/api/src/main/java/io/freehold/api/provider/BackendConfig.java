package io.freehold.api.provider;

import io.freehold.api.form.Values;
import java.util.UUID;

/**
 * What a backend is opened with.
 *
 * @param id Freehold's id of the backend
 * @param name its name, for messages
 * @param values what the provider's form asked for; secrets in memory only: keep them there
 */
public record BackendConfig(UUID id, String name, Values values) {}
