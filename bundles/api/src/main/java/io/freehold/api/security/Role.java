package io.freehold.api.security;

import java.util.Set;

/**
 * A named set of permissions.
 *
 * @param id for built-in roles the name itself, else a UUID
 * @param name unlike every other's, whatever the case
 * @param permissions those of a plugin that is not there are among them, and allow nothing
 * @param builtIn whether it belongs to Freehold and cannot be changed
 * @param version for {@code If-Match}; grows with every change
 */
public record Role(String id, String name, Set<Permission> permissions, boolean builtIn, long version) {
    public static final String ADMINISTRATOR = "administrator";
    public static final String OPERATOR = "operator";
    public static final String USER = "user";
    /** Whoever it is bound to at a project manages the project's members and does what a user does there. */
    public static final String PROJECT_OWNER = "project-owner";

    public static final String AUDITOR = "auditor";
    public static final String READONLY = "readonly";

    public Role {
        permissions = Set.copyOf(permissions);
    }
}
