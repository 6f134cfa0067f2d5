package io.freehold.api.security;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** What one caller may do, compiled: an immutable snapshot that answers without allocating or blocking. */
@ProviderType
public interface Access {

    /** Whether the permission is held everywhere, by a binding at {@code /}. */
    boolean allows(Permission permission);

    /** Whether the permission is held at one of the scopes or everywhere. */
    boolean allows(Permission permission, List<Scope> scopes);

    /** Whether the permission is held somewhere. */
    boolean allowsSomewhere(Permission permission);

    /** Every permission that is held at {@code /}. */
    Set<Permission> permissions();

    /** What is held by bindings at each scope, {@code /} among them; a scope that is not there holds nothing of its own. */
    Map<Scope, Set<Permission>> byScope();

    /** Differs whenever what the caller may do could have changed. */
    long revision();
}
