package io.freehold.security.rbac;

import io.freehold.api.security.Permission;
import java.util.Set;

/**
 * A permission that a bundle brings.
 *
 * @param roles the built-in roles that hold it beside the administrator
 */
public record DeclaredPermission(Permission permission, Set<String> roles) {}
