package io.freehold.rest.memory;

import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Role;
import io.freehold.api.security.RoleBinding;
import io.freehold.api.security.RoleService;
import io.freehold.api.security.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Two roles, and bindings in a list. */
public final class MemoryRoles implements RoleService {
    private final MemorySecurity security;
    private final List<RoleBinding> bindings = new CopyOnWriteArrayList<>();

    MemoryRoles(MemorySecurity security) {
        this.security = security;
    }

    @Override
    public List<Role> roles(Caller caller) {
        return List.of(
                new Role(Role.ADMINISTRATOR, Role.ADMINISTRATOR, Set.copyOf(Permissions.ALL), true),
                new Role(Role.READONLY, Role.READONLY, Set.of(Permissions.INSTANCE_READ), true));
    }

    @Override
    public Page<RoleBinding> bindings(Caller caller, @Nullable Principal principal, PageRequest page) {
        if (!caller.principal().equals(principal)) {
            security.require(caller, Permissions.ROLE_BINDING_READ, "role-bindings");
        }
        List<RoleBinding> wanted = bindings.stream()
                .filter(binding -> principal == null || binding.principal().equals(principal))
                .toList();
        return new Page<>(wanted, null, wanted.size());
    }

    @Override
    public RoleBinding bind(Caller caller, Principal principal, String roleId, Scope scope) {
        security.require(caller, Permissions.ROLE_BINDING_CREATE, "role-bindings");
        RoleBinding binding = new RoleBinding(
                UUID.randomUUID(), principal, roleId, scope, caller.principal().toString(), Instant.now());
        bindings.add(binding);
        return binding;
    }

    @Override
    public void unbind(Caller caller, UUID id) {
        if (!bindings.removeIf(binding -> binding.id().equals(id))) {
            throw FreeholdException.notFound("role binding");
        }
    }
}
