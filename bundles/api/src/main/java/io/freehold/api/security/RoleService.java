package io.freehold.api.security;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Roles and who holds them. Nobody grants, or takes away, what they do not hold themselves at that scope, and nobody
 * makes, changes or deletes a role that allows more than they hold at {@code /}: {@code DENIED}. Every change holds
 * from the moment that the call returns.
 */
@ProviderType
public interface RoleService {

    /** Every role, the built-in ones first; for whoever may read roles anywhere. */
    List<Role> roles(Caller caller);

    /**
     * @throws FreeholdException {@code NOT_FOUND}; {@code DENIED}
     */
    Role role(Caller caller, String id);

    /**
     * Makes a role.
     *
     * @throws FreeholdException {@code INVALID} naming {@code name} or {@code permissions}, if there is no such
     *     permission; {@code CONFLICT} if the name is taken; {@code DENIED}
     */
    Role create(Caller caller, String name, Set<Permission> permissions);

    /**
     * Changes a role, and with it what everybody may do to whom it is bound.
     *
     * @param permissions of those that are not there, only such as the role has already
     * @param version {@link Role#version()} that the change is based on
     * @throws FreeholdException as {@link #create}; {@code NOT_FOUND}; {@code STALE} if the role has changed since;
     *     {@code CONFLICT} if it is a built-in one
     */
    Role update(Caller caller, String id, String name, Set<Permission> permissions, long version);

    /**
     * Deletes a role.
     *
     * @throws FreeholdException {@code NOT_FOUND}; {@code DENIED}; {@code CONFLICT} if it is bound or a built-in one
     */
    void delete(Caller caller, String id);

    /**
     * The bindings, of one principal or of all, at one scope or at all.
     *
     * @throws FreeholdException {@code DENIED} unless they are the caller's own or it may read bindings at that scope
     */
    Page<RoleBinding> bindings(Caller caller, @Nullable Principal principal, @Nullable Scope scope, PageRequest page);

    /** The bindings at all scopes. */
    default Page<RoleBinding> bindings(Caller caller, @Nullable Principal principal, PageRequest page) {
        return bindings(caller, principal, null, page);
    }

    /**
     * One binding.
     *
     * @throws FreeholdException {@code NOT_FOUND} also if it is not the caller's own and it may not read bindings there
     */
    RoleBinding binding(Caller caller, UUID id);

    /**
     * Grants a role.
     *
     * @throws FreeholdException {@code INVALID} naming {@code principal}, {@code roleId} or {@code scope} if
     *     there is no such thing; {@code CONFLICT} if it is bound so already; {@code DENIED}; {@code UNAVAILABLE} if it
     *     cannot be told whether the scope's thing is there
     */
    RoleBinding bind(Caller caller, Principal principal, String roleId, Scope scope);

    /** Grants a role, and takes away every other that the principal holds by bindings at that very scope. */
    RoleBinding assign(Caller caller, Principal principal, String roleId, Scope scope);

    /**
     * Takes a role away.
     *
     * @throws FreeholdException {@code NOT_FOUND}; {@code DENIED}; {@code CONFLICT} if no administrator
     *     would be left
     */
    void unbind(Caller caller, UUID id);

    /**
     * Takes away every role that the principal holds by bindings at that very scope.
     *
     * @throws FreeholdException as {@link #unbind}
     */
    void release(Caller caller, Principal principal, Scope scope);
}
