package io.freehold.api.security;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Roles and who holds them. Nobody grants, or takes away, what they do not hold themselves at that scope. */
@ProviderType
public interface RoleService {

    /** Every role. */
    List<Role> roles(Caller caller);

    /**
     * The bindings, of one principal or of all.
     *
     * @throws FreeholdException {@code DENIED} unless they are the caller's own or it may read bindings
     */
    Page<RoleBinding> bindings(Caller caller, @Nullable Principal principal, PageRequest page);

    /**
     * Grants a role; holds from the moment that this returns.
     *
     * @throws FreeholdException {@code INVALID} naming {@code principal}, {@code roleId} or {@code scope} if
     *     there is no such thing; {@code CONFLICT} if it is bound so already; {@code DENIED}
     */
    RoleBinding bind(Caller caller, Principal principal, String roleId, Scope scope);

    /**
     * Takes a role away; holds from the moment that this returns.
     *
     * @throws FreeholdException {@code NOT_FOUND}; {@code DENIED}; {@code CONFLICT} if no administrator
     *     would be left
     */
    void unbind(Caller caller, UUID id);
}
