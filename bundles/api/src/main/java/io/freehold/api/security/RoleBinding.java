package io.freehold.api.security;

import java.time.Instant;
import java.util.UUID;

/**
 * Who holds a role, and where.
 *
 * @param principal a user, group or API token
 * @param roleId {@link Role#id()}
 * @param createdBy the principal that granted it
 */
public record RoleBinding(
        UUID id, Principal principal, String roleId, Scope scope, String createdBy, Instant createdAt) {}
