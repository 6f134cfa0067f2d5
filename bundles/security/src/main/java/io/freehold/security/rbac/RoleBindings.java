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
import io.freehold.api.security.Scope;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.support.Randoms;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Grants roles and takes them away. What a role allows is looked at before the transaction, so that a denial is
 * recorded whatever becomes of that, and must be the same inside it.
 */
final class RoleBindings {
    private final Transactions transactions;
    private final BuiltInRoles builtIn;
    private final Grants grants;
    private final Accounts accounts;
    private final Places places;
    private final RoleAuthorizer authorizer;
    private final AuditTrail trail;
    private final Randoms randoms;
    private final Clock clock;

    RoleBindings(Rbac.Needs needs, Places places) {
        this.transactions = needs.transactions();
        this.builtIn = needs.builtInRoles();
        this.grants = new Grants(builtIn);
        this.accounts = needs.accounts();
        this.places = places;
        this.authorizer = needs.authorizer();
        this.trail = needs.trail();
        this.randoms = needs.randoms();
        this.clock = needs.clock();
    }

    Page<RoleBinding> list(Caller caller, @Nullable Principal principal, @Nullable Scope scope, PageRequest page) {
        if (!caller.principal().equals(principal) && !mayRead(caller, scope == null ? Scope.ROOT : scope)) {
            throw authorizer.denied(caller, Permissions.ROLE_BINDING_READ, "role-bindings");
        }
        return transactions.read(connection -> Bindings.page(connection, principal, scope, page));
    }

    RoleBinding get(Caller caller, UUID id) {
        return transactions
                .read(connection -> Bindings.find(connection, id))
                .filter(binding -> binding.principal().equals(caller.principal()) || mayRead(caller, binding.scope()))
                .orElseThrow(() -> FreeholdException.notFound("role binding"));
    }

    RoleBinding bind(Caller caller, Principal principal, String roleId, Scope scope) {
        requireAt(caller, Permissions.ROLE_BINDING_CREATE, scope);
        RoleBinding binding = prepare(caller, principal, roleId, scope);
        Role role = role(roleId);
        requireHeld(caller, role, scope, Permissions.ROLE_BINDING_CREATE);
        return transactions.write(connection -> {
            trail.hold(connection);
            requireSame(connection, role);
            if (!insert(connection, caller, binding)) {
                throw new FreeholdException(
                        ErrorCode.CONFLICT, "ALREADY_BOUND", "The role is bound to that principal there already.");
            }
            accounts.changed(connection, binding.principal());
            return binding;
        });
    }

    RoleBinding assign(Caller caller, Principal principal, String roleId, Scope scope) {
        requireAt(caller, Permissions.ROLE_BINDING_CREATE, scope);
        RoleBinding binding = prepare(caller, principal, roleId, scope);
        Role role = role(roleId);
        Set<RoleBinding> present = bound(binding.principal(), scope);
        Optional<RoleBinding> same =
                present.stream().filter(one -> one.roleId().equals(role.id())).findFirst();
        if (same.isEmpty()) {
            requireHeld(caller, role, scope, Permissions.ROLE_BINDING_CREATE);
        }
        Map<RoleBinding, Role> others = new HashMap<>();
        present.stream()
                .filter(one -> !one.roleId().equals(role.id()))
                .forEach(other -> others.put(other, requireMayTakeAway(caller, other)));
        return transactions.write(connection -> {
            trail.hold(connection);
            requireSame(connection, role);
            requireSame(connection, binding.principal(), scope, present);
            takeAway(connection, caller, others);
            if (same.isEmpty()) {
                insert(connection, caller, binding);
                accounts.changed(connection, binding.principal());
            }
            return same.orElse(binding);
        });
    }

    void unbind(Caller caller, UUID id) {
        Optional<RoleBinding> found = transactions.read(connection -> Bindings.find(connection, id));
        if (found.isEmpty()) {
            authorizer.require(caller, Permissions.ROLE_BINDING_DELETE, "role-bindings/" + id);
            throw FreeholdException.notFound("role binding");
        }
        RoleBinding binding = found.get();
        Role role = requireMayTakeAway(caller, binding);
        transactions.write(connection -> {
            trail.hold(connection);
            if (Bindings.find(connection, id).isEmpty()) {
                throw FreeholdException.notFound("role binding");
            }
            takeAway(connection, caller, Map.of(binding, role));
            return binding;
        });
    }

    void release(Caller caller, Principal principal, Scope scope) {
        requireAt(caller, Permissions.ROLE_BINDING_DELETE, scope);
        Principal who = Holders.canonical(principal);
        Set<RoleBinding> present = bound(who, scope);
        if (present.isEmpty()) {
            throw FreeholdException.notFound("member");
        }
        Map<RoleBinding, Role> all = new HashMap<>();
        present.forEach(binding -> all.put(binding, requireMayTakeAway(caller, binding)));
        transactions.write(connection -> {
            trail.hold(connection);
            requireSame(connection, who, scope, present);
            takeAway(connection, caller, all);
            return who;
        });
    }

    /** Takes away, in the running transaction and whoever may, what is bound at scopes. */
    void removeAt(Connection connection, Caller caller, Set<Scope> scopes) throws SQLException {
        trail.hold(connection);
        Set<Principal> touched = new HashSet<>();
        for (RoleBinding binding : Bindings.at(connection, scopes)) {
            remove(connection, caller, binding);
            touched.add(binding.principal());
        }
        for (Principal principal : touched) {
            accounts.changed(connection, principal);
        }
    }

    private RoleBinding prepare(Caller caller, Principal principal, String roleId, Scope scope) {
        Scope where = Scope.parse(scope.path());
        return new RoleBinding(
                randoms.id(),
                Holders.canonical(principal),
                roleId,
                where,
                caller.principal().toString(),
                Instant.ofEpochMilli(clock.millis()));
    }

    private boolean insert(Connection connection, Caller caller, RoleBinding binding) throws SQLException {
        Holders.requireExists(connection, binding.principal());
        places.requireExists(connection, binding.scope());
        boolean isNew = Bindings.insert(connection, binding);
        if (isNew) {
            record(connection, caller, "role-binding.create", binding);
        }
        return isNew;
    }

    private void takeAway(Connection connection, Caller caller, Map<RoleBinding, Role> bindings) throws SQLException {
        long administrators = Administrators.count(connection);
        for (Map.Entry<RoleBinding, Role> one : bindings.entrySet()) {
            requireSame(connection, one.getValue());
            remove(connection, caller, one.getKey());
            accounts.changed(connection, one.getKey().principal());
        }
        Administrators.requireSome(connection, administrators);
    }

    private void remove(Connection connection, Caller caller, RoleBinding binding) throws SQLException {
        Bindings.delete(connection, binding.id());
        record(connection, caller, "role-binding.delete", binding);
    }

    private void record(Connection connection, Caller caller, String action, RoleBinding binding) throws SQLException {
        trail.record(
                connection,
                caller,
                action,
                "role-bindings/" + binding.id(),
                Outcome.SUCCESS,
                binding.roleId() + " to " + binding.principal() + " at " + binding.scope());
    }

    private Set<RoleBinding> bound(Principal principal, Scope scope) {
        return transactions.read(connection -> Bindings.of(connection, principal, scope));
    }

    private Role role(String id) {
        return find(id).orElseThrow(() -> FreeholdException.invalid("roleId", "'" + id + "' is not a role"));
    }

    private Optional<Role> find(String id) {
        return builtIn.find(id).or(() -> transactions.read(connection -> RoleTable.find(connection, id)));
    }

    private static void requireSame(Connection connection, Role role) throws SQLException {
        if (!role.builtIn()
                && RoleTable.find(connection, role.id())
                        .filter(now -> now.version() == role.version())
                        .isEmpty()) {
            throw changed();
        }
    }

    private static void requireSame(Connection connection, Principal principal, Scope scope, Set<RoleBinding> present)
            throws SQLException {
        if (!Bindings.of(connection, principal, scope).equals(present)) {
            throw changed();
        }
    }

    private static FreeholdException changed() {
        return new FreeholdException(
                ErrorCode.CONFLICT, "CHANGED_MEANWHILE", "Somebody changed the role or its bindings. Try again.");
    }

    private boolean mayRead(Caller caller, Scope scope) {
        return authorizer.access(caller).allows(Permissions.ROLE_BINDING_READ, List.of(scope));
    }

    private void requireAt(Caller caller, Permission permission, Scope scope) {
        if (!authorizer.access(caller).allows(permission, List.of(scope))) {
            throw authorizer.denied(caller, permission, "role-bindings");
        }
    }

    /** The role of a binding that the caller may take away; one that this version does not have allows nothing. */
    private Role requireMayTakeAway(Caller caller, RoleBinding binding) {
        requireAt(caller, Permissions.ROLE_BINDING_DELETE, binding.scope());
        Role role =
                find(binding.roleId()).orElseGet(() -> new Role(binding.roleId(), binding.roleId(), Set.of(), true, 1));
        Role present =
                new Role(role.id(), role.name(), grants.present(role.permissions()), role.builtIn(), role.version());
        requireHeld(caller, present, binding.scope(), Permissions.ROLE_BINDING_DELETE);
        return present;
    }

    /** Nobody hands on, or takes away, what they do not hold themselves at that scope. */
    private void requireHeld(Caller caller, Role role, Scope scope, Permission permission) {
        if (!authorizer.covers(caller, role.permissions(), scope)) {
            throw authorizer.denied(
                    caller,
                    permission.resource() + "." + permission.verb(),
                    "role-bindings",
                    "You do not hold everything at " + scope + " that the role '" + role.name() + "' allows.");
        }
    }
}
