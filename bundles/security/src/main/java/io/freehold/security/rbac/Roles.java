package io.freehold.security.rbac;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Role;
import io.freehold.api.security.RoleBinding;
import io.freehold.api.security.RoleService;
import io.freehold.api.security.Scope;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.support.Names;
import io.freehold.security.support.Randoms;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Roles and their bindings. Each change is one transaction with its audit entry, and in memory when it returns. */
public final class Roles implements RoleService {
    private final RoleBindings bindings;
    private final Transactions transactions;
    private final BuiltInRoles builtIn;
    private final Grants grants;
    private final Accounts accounts;
    private final RoleAuthorizer authorizer;
    private final AuditTrail trail;
    private final Randoms randoms;

    Roles(Rbac.Needs needs, RoleBindings bindings) {
        this.bindings = bindings;
        this.transactions = needs.transactions();
        this.builtIn = needs.builtInRoles();
        this.grants = new Grants(builtIn);
        this.accounts = needs.accounts();
        this.authorizer = needs.authorizer();
        this.trail = needs.trail();
        this.randoms = needs.randoms();
    }

    @Override
    public List<Role> roles(Caller caller) {
        requireToRead(caller, "roles");
        List<Role> own = transactions.read(RoleTable::all);
        return Stream.concat(builtIn.all().stream(), own.stream()).toList();
    }

    @Override
    public Role role(Caller caller, String id) {
        requireToRead(caller, "roles/" + id);
        return find(id).orElseThrow(() -> FreeholdException.notFound("role"));
    }

    @Override
    public Role create(Caller caller, String name, Set<Permission> permissions) {
        authorizer.require(caller, Permissions.ROLE_CREATE, "roles");
        Role role = new Role(randoms.id().toString(), requireName(name), permissions, false, 1);
        requireKnown(permissions, Set.of());
        requireHeld(caller, permissions, "role.create", "roles");
        return transactions.write(connection -> {
            trail.hold(connection);
            RoleTable.insert(connection, role);
            record(connection, caller, "role.create", role);
            return role;
        });
    }

    @Override
    public Role update(Caller caller, String id, String name, Set<Permission> permissions, long version) {
        authorizer.require(caller, Permissions.ROLE_UPDATE, "roles/" + id);
        Role old = requireChangeable(id);
        Role role = new Role(old.id(), requireName(name), permissions, false, version + 1);
        requireKnown(permissions, old.permissions());
        Set<Permission> both = new HashSet<>(old.permissions());
        both.addAll(permissions);
        requireHeld(caller, grants.present(both), "role.update", "roles/" + id);
        return transactions.write(connection -> {
            trail.hold(connection);
            // The version that was looked at above, so that nobody put something mightier there meanwhile.
            if (old.version() != version || !isPresent(connection, old)) {
                throw new FreeholdException(ErrorCode.STALE, "The role has changed since. Read it again.");
            }
            RoleTable.update(connection, role);
            accounts.load();
            record(connection, caller, "role.update", role);
            return role;
        });
    }

    @Override
    public void delete(Caller caller, String id) {
        authorizer.require(caller, Permissions.ROLE_DELETE, "roles/" + id);
        Role old = requireChangeable(id);
        requireHeld(caller, grants.present(old.permissions()), "role.delete", "roles/" + id);
        transactions.write(connection -> {
            trail.hold(connection);
            if (!isPresent(connection, old)) {
                throw new FreeholdException(
                        ErrorCode.CONFLICT, "CHANGED_MEANWHILE", "Somebody changed the role. Try again.");
            }
            long bound = Bindings.count(connection, id);
            if (bound > 0) {
                throw new FreeholdException(
                        ErrorCode.CONFLICT,
                        "ROLE_BOUND",
                        "The role is bound " + bound + " times. Take it away from those who hold it first.");
            }
            RoleTable.delete(connection, id);
            record(connection, caller, "role.delete", old);
            return old;
        });
    }

    @Override
    public Page<RoleBinding> bindings(
            Caller caller, @Nullable Principal principal, @Nullable Scope scope, PageRequest page) {
        return bindings.list(caller, principal, scope, page);
    }

    @Override
    public RoleBinding binding(Caller caller, UUID id) {
        return bindings.get(caller, id);
    }

    @Override
    public RoleBinding bind(Caller caller, Principal principal, String roleId, Scope scope) {
        return bindings.bind(caller, principal, roleId, scope);
    }

    @Override
    public RoleBinding assign(Caller caller, Principal principal, String roleId, Scope scope) {
        return bindings.assign(caller, principal, roleId, scope);
    }

    @Override
    public void unbind(Caller caller, UUID id) {
        bindings.unbind(caller, id);
    }

    @Override
    public void release(Caller caller, Principal principal, Scope scope) {
        bindings.release(caller, principal, scope);
    }

    private Optional<Role> find(String id) {
        return builtIn.find(id).or(() -> transactions.read(connection -> RoleTable.find(connection, id)));
    }

    private static boolean isPresent(Connection connection, Role role) throws SQLException {
        return RoleTable.find(connection, role.id())
                .filter(now -> now.version() == role.version())
                .isPresent();
    }

    private Role requireChangeable(String id) {
        Role role = find(id).orElseThrow(() -> FreeholdException.notFound("role"));
        if (role.builtIn()) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT, "BUILT_IN_ROLE", "The built-in roles cannot be changed. Make another role.");
        }
        return role;
    }

    private String requireName(String name) {
        String checked = Names.check(name);
        if (builtIn.find(Names.key(checked)).isPresent()) {
            throw RoleTable.nameTaken();
        }
        return checked;
    }

    private void requireKnown(Set<Permission> permissions, Set<Permission> kept) {
        Set<Permission> known = builtIn.permissions();
        String unknown = permissions.stream()
                .filter(permission -> !known.contains(permission) && !kept.contains(permission))
                .map(Permission::toString)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw FreeholdException.invalid("permissions", "there is no permission " + unknown);
        }
    }

    /** Roles are no secret among those who give them to others, wherever they do that. */
    private void requireToRead(Caller caller, String resource) {
        if (!authorizer.access(caller).allowsSomewhere(Permissions.ROLE_READ)) {
            throw authorizer.denied(caller, Permissions.ROLE_READ, resource);
        }
    }

    private void requireHeld(Caller caller, Set<Permission> permissions, String action, String resource) {
        if (!authorizer.covers(caller, permissions, Scope.ROOT)) {
            throw authorizer.denied(caller, action, resource, "You do not hold everything at / that the role allows.");
        }
    }

    private void record(Connection connection, Caller caller, String action, Role role) throws SQLException {
        String permissions =
                role.permissions().stream().sorted().map(Permission::toString).collect(Collectors.joining(" "));
        trail.record(
                connection, caller, action, "roles/" + role.id(), Outcome.SUCCESS, role.name() + ": " + permissions);
    }
}
