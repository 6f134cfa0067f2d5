package io.freehold.core.backend;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A backend as it is stored.
 *
 * @param config what was configured, without secrets
 * @param secrets the secret fields, each sealed for this row
 * @param version grows with every update
 */
record BackendRow(
        UUID id,
        String provider,
        String name,
        Map<String, Object> config,
        Map<String, String> secrets,
        Instant createdAt,
        long version) {}
