package io.freehold.rest.memory;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
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

/** Two built-in roles and those that are made, and bindings in a list. */
public final class MemoryRoles implements RoleService {
    private final MemorySecurity security;
    private final List<RoleBinding> bindings = new CopyOnWriteArrayList<>();
    private final List<Role> roles = new CopyOnWriteArrayList<>(List.of(
            new Role(Role.ADMINISTRATOR, Role.ADMINISTRATOR, Set.copyOf(Permissions.ALL), true, 1),
            new Role(Role.READONLY, Role.READONLY, Set.of(Permissions.INSTANCE_READ), true, 1)));

    MemoryRoles(MemorySecurity security) {
        this.security = security;
    }

    @Override
    public List<Role> roles(Caller caller) {
        return List.copyOf(roles);
    }

    @Override
    public Role role(Caller caller, String id) {
        return roles.stream()
                .filter(role -> role.id().equals(id))
                .findFirst()
                .orElseThrow(() -> FreeholdException.notFound("role"));
    }

    @Override
    public Role create(Caller caller, String name, Set<Permission> permissions) {
        security.require(caller, Permissions.ROLE_CREATE, "roles");
        Role role = new Role(UUID.randomUUID().toString(), name, permissions, false, 1);
        roles.add(role);
        return role;
    }

    @Override
    public Role update(Caller caller, String id, String name, Set<Permission> permissions, long version) {
        security.require(caller, Permissions.ROLE_UPDATE, "roles/" + id);
        Role old = changeable(caller, id);
        if (old.version() != version) {
            throw new FreeholdException(ErrorCode.STALE, "The role has changed since.");
        }
        Role role = new Role(id, name, permissions, false, version + 1);
        roles.replaceAll(one -> one.id().equals(id) ? role : one);
        return role;
    }

    @Override
    public void delete(Caller caller, String id) {
        security.require(caller, Permissions.ROLE_DELETE, "roles/" + id);
        roles.remove(changeable(caller, id));
    }

    private Role changeable(Caller caller, String id) {
        Role role = role(caller, id);
        if (role.builtIn()) {
            throw new FreeholdException(ErrorCode.CONFLICT, "BUILT_IN_ROLE", "It cannot be changed.");
        }
        return role;
    }

    @Override
    public Page<RoleBinding> bindings(
            Caller caller, @Nullable Principal principal, @Nullable Scope scope, PageRequest page) {
        if (!caller.principal().equals(principal)) {
            security.require(caller, Permissions.ROLE_BINDING_READ, "role-bindings");
        }
        List<RoleBinding> wanted = bindings.stream()
                .filter(binding -> principal == null || binding.principal().equals(principal))
                .filter(binding -> scope == null || binding.scope().equals(scope))
                .toList();
        return new Page<>(wanted, null, wanted.size());
    }

    @Override
    public RoleBinding binding(Caller caller, UUID id) {
        return bindings.stream()
                .filter(binding -> binding.id().equals(id))
                .filter(binding -> security.access(caller).allows(Permissions.ROLE_BINDING_READ))
                .findFirst()
                .orElseThrow(() -> FreeholdException.notFound("role binding"));
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
    public RoleBinding assign(Caller caller, Principal principal, String roleId, Scope scope) {
        bindings.removeIf(binding ->
                binding.principal().equals(principal) && binding.scope().equals(scope));
        return bind(caller, principal, roleId, scope);
    }

    @Override
    public void unbind(Caller caller, UUID id) {
        if (!bindings.removeIf(binding -> binding.id().equals(id))) {
            throw FreeholdException.notFound("role binding");
        }
    }

    @Override
    public void release(Caller caller, Principal principal, Scope scope) {
        if (!bindings.removeIf(binding ->
                binding.principal().equals(principal) && binding.scope().equals(scope))) {
            throw FreeholdException.notFound("member");
        }
    }
}
