package io.freehold.security.rbac;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Access;
import io.freehold.api.security.Authorizer;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Scope;
import io.freehold.security.audit.AuditThrottle;
import io.freehold.security.audit.AuditTrail;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides by role bindings, from memory. Every denial is in the audit log; one that a caller repeats is
 * there once a minute.
 */
public final class RoleAuthorizer implements Authorizer {
    private static final Duration REPEATED = Duration.ofMinutes(1);

    private final Accounts accounts;
    private final AuditTrail trail;
    private final AuditThrottle repeated;
    private final TokenGrants tokens;

    public RoleAuthorizer(Accounts accounts, TokenGrants tokens, AuditTrail trail, Clock clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.trail = trail;
        this.repeated = new AuditThrottle(clock, REPEATED);
    }

    @Override
    public Access access(Caller caller) {
        return compiled(caller);
    }

    CompiledAccess compiled(Caller caller) {
        Principal principal = caller.principal();
        if (principal.type() == Principal.Type.TOKEN) {
            return tokens.access(principal, accounts);
        }
        if (principal.type() == Principal.Type.SYSTEM) {
            return principal.equals(Principal.OWNER) || principal.equals(Principal.CORE)
                    ? CompiledAccess.EVERYTHING
                    : CompiledAccess.NOTHING;
        }
        Account account = accounts.find(principal);
        return account == null ? CompiledAccess.NOTHING : account.access();
    }

    /** Whether the caller may do all of that at the scope. */
    public boolean covers(Caller caller, Set<Permission> permissions, Scope scope) {
        return compiled(caller).covers(permissions, scope);
    }

    /** Whether the caller may do whatever the grants allow. */
    boolean covers(Caller caller, Collection<CompiledAccess.Grant> grants) {
        return compiled(caller).covers(CompiledAccess.of(grants, 0));
    }

    /** Lets nobody touch a user who may do more: a new password for an administrator is an administrator's. */
    public void requireToCover(Caller caller, Account user, String action) {
        if (!compiled(caller).covers(user.held())) {
            throw denied(
                    caller,
                    action,
                    "users/" + user.user().id(),
                    "The user may do more than you may, so you cannot do that.");
        }
    }

    @Override
    public void require(Caller caller, Permission permission, String resource) {
        if (!compiled(caller).allows(permission)) {
            throw denied(caller, permission, resource);
        }
    }

    @Override
    public void require(
            Caller caller, Permission permission, Permission toSee, List<Scope> scopes, String what, String resource) {
        CompiledAccess access = compiled(caller);
        // who may do it may know of the thing: creating on a backend takes no right to read backends
        if (access.allows(permission, scopes)) {
            return;
        }
        boolean visible = access.allows(toSee, scopes);
        FreeholdException denied = denied(caller, permission, resource);
        throw visible || owed(caller).isPresent() ? denied : FreeholdException.notFound(what);
    }

    /** The refusal for a permission that the caller does not hold, once it is in the audit log. */
    FreeholdException denied(Caller caller, Permission permission, String resource) {
        FreeholdException denied =
                denied(caller, action(permission), resource, "You may not do that: it takes " + permission + ".");
        return owed(caller).orElse(denied);
    }

    /** A refusal, once it is in the audit log. */
    public FreeholdException denied(Caller caller, String action, String resource, String message) {
        repeated.record(
                caller.principal() + "|" + action + "|" + resource,
                more -> trail.record(caller, action, resource, Outcome.DENIED, "not permitted" + more));
        return new FreeholdException(ErrorCode.DENIED, message);
    }

    /** The name of what was tried as the audit log has it: {@code instance.start}. */
    private static String action(Permission permission) {
        return permission.resource() + "." + permission.verb();
    }

    private Optional<FreeholdException> owed(Caller caller) {
        Account account = accounts.find(caller.principal());
        return account == null ? Optional.empty() : account.owed();
    }
}
