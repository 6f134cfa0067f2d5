package io.freehold.api.security;

import java.util.Set;

/**
 * A named set of permissions.
 *
 * @param id for built-in roles the name itself, else a UUID
 * @param builtIn whether it belongs to Freehold and cannot be changed
 */
public record Role(String id, String name, Set<Permission> permissions, boolean builtIn) {
    public static final String ADMINISTRATOR = "administrator";
    public static final String OPERATOR = "operator";
    public static final String USER = "user";
    public static final String AUDITOR = "auditor";
    public static final String READONLY = "readonly";

    public Role {
        permissions = Set.copyOf(permissions);
    }
}
