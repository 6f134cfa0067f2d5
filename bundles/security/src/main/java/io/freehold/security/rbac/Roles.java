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
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.support.Randoms;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Roles and their bindings. Each change is one transaction with its audit entry, and in memory when it returns. */
public final class Roles implements RoleService {
    private final Transactions transactions;
    private final BuiltInRoles builtIn;
    private final Accounts accounts;
    private final RoleAuthorizer authorizer;
    private final AuditTrail trail;
    private final Randoms randoms;
    private final Clock clock;

    public Roles(
            Transactions transactions,
            BuiltInRoles builtIn,
            Accounts accounts,
            RoleAuthorizer authorizer,
            AuditTrail trail,
            Randoms randoms,
            Clock clock) {
        this.transactions = transactions;
        this.builtIn = builtIn;
        this.accounts = accounts;
        this.authorizer = authorizer;
        this.trail = trail;
        this.randoms = randoms;
        this.clock = clock;
    }

    @Override
    public List<Role> roles(Caller caller) {
        authorizer.require(caller, Permissions.ROLE_READ, "roles");
        return builtIn.all();
    }

    @Override
    public Page<RoleBinding> bindings(Caller caller, @Nullable Principal principal, PageRequest page) {
        if (!caller.principal().equals(principal)) {
            authorizer.require(caller, Permissions.ROLE_BINDING_READ, "role-bindings");
        }
        return transactions.read(connection -> Bindings.page(connection, principal, page));
    }

    @Override
    public RoleBinding bind(Caller caller, Principal principal, String roleId, Scope scope) {
        requireAt(caller, Permissions.ROLE_BINDING_CREATE, scope);
        Scope where = Scope.parse(scope.path());
        Role role = builtIn.find(roleId)
                .orElseThrow(() -> FreeholdException.invalid("roleId", "'" + roleId + "' is not a role"));
        UUID userId = userId(principal);
        requireHeld(caller, role, where, Permissions.ROLE_BINDING_CREATE);
        RoleBinding binding = new RoleBinding(
                randoms.id(),
                Accounts.principal(userId),
                role.id(),
                where,
                caller.principal().toString(),
                now());
        return transactions.write(connection -> {
            trail.hold(connection);
            if (Sql.number(connection, "SELECT COUNT(*) FROM security_user WHERE id = ?", userId) == 0) {
                throw FreeholdException.invalid("principal", "there is no such user");
            }
            if (!Bindings.insert(connection, binding)) {
                throw new FreeholdException(
                        ErrorCode.CONFLICT, "ALREADY_BOUND", "The role is bound to that principal there already.");
            }
            accounts.changed(connection, userId);
            trail.record(
                    connection,
                    caller,
                    "role-binding.create",
                    "role-bindings/" + binding.id(),
                    Outcome.SUCCESS,
                    describe(binding));
            return binding;
        });
    }

    @Override
    public void unbind(Caller caller, UUID id) {
        Optional<RoleBinding> found = transactions.read(connection -> Bindings.find(connection, id));
        if (found.isEmpty()) {
            authorizer.require(caller, Permissions.ROLE_BINDING_DELETE, "role-bindings/" + id);
            throw FreeholdException.notFound("role binding");
        }
        RoleBinding binding = found.get();
        requireAt(caller, Permissions.ROLE_BINDING_DELETE, binding.scope());
        builtIn.find(binding.roleId())
                .ifPresent(role -> requireHeld(caller, role, binding.scope(), Permissions.ROLE_BINDING_DELETE));
        transactions.write(connection -> {
            trail.hold(connection);
            if (Bindings.find(connection, id).isEmpty()) {
                throw FreeholdException.notFound("role binding");
            }
            remove(connection, binding);
            trail.record(
                    connection,
                    caller,
                    "role-binding.delete",
                    "role-bindings/" + id,
                    Outcome.SUCCESS,
                    describe(binding));
            return binding;
        });
    }

    private void remove(Connection connection, RoleBinding binding) throws SQLException {
        UUID userId = userId(binding.principal());
        if (binding.roleId().equals(Role.ADMINISTRATOR) && binding.scope().equals(Scope.ROOT)) {
            Administrators.requireOtherThan(connection, userId);
        }
        Bindings.delete(connection, binding.id());
        accounts.changed(connection, userId);
    }

    private void requireAt(Caller caller, Permission permission, Scope scope) {
        if (!authorizer.access(caller).allows(permission, List.of(scope))) {
            throw authorizer.denied(caller, permission, "role-bindings");
        }
    }

    /** Nobody hands on, or takes away, what they do not hold themselves at that scope. */
    private void requireHeld(Caller caller, Role role, Scope scope, Permission permission) {
        if (!authorizer.compiled(caller).covers(role.permissions(), scope)) {
            throw authorizer.denied(
                    caller,
                    permission.resource() + "." + permission.verb(),
                    "role-bindings",
                    "You do not hold everything at " + scope + " that the role '" + role.name() + "' allows.");
        }
    }

    private static UUID userId(Principal principal) {
        if (principal.type() != Principal.Type.USER) {
            throw FreeholdException.invalid("principal", "roles can be bound to users alone: user:{id}");
        }
        try {
            return UUID.fromString(principal.id());
        } catch (IllegalArgumentException e) {
            throw FreeholdException.invalid("principal", "must be user:{id}, the id a UUID");
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private static String describe(RoleBinding binding) {
        return binding.roleId() + " to " + binding.principal() + " at " + binding.scope();
    }
}
