package io.freehold.security.auth;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Principal;
import io.freehold.security.rbac.Account;
import io.freehold.security.rbac.Accounts;
import io.freehold.security.rbac.RoleAuthorizer;
import java.util.List;
import java.util.UUID;

/** Who may look at a user's account, and who may touch it. */
final class UserGuard {
    private final Accounts accounts;
    private final RoleAuthorizer authorizer;

    UserGuard(Accounts accounts, RoleAuthorizer authorizer) {
        this.accounts = accounts;
        this.authorizer = authorizer;
    }

    /** The caller's own account, for what its user alone may do. */
    Account own(Caller caller) {
        refuseTokens(caller);
        Account account = accounts.find(caller.principal());
        if (account == null) {
            throw FreeholdException.notFound("user");
        }
        return account;
    }

    /** An API token acts in its owner's place everywhere but where somebody would get in by more than it. */
    void refuseTokens(Caller caller) {
        if (caller.principal().type() == Principal.Type.TOKEN) {
            throw new FreeholdException(
                    ErrorCode.DENIED, "NOT_BY_API_TOKEN", "An API token may not do that: sign in with your password.");
        }
    }

    /** Lets pass the user itself and who may read users. */
    void requireVisible(Caller caller, UUID id) {
        if (!caller.principal().equals(Accounts.principal(id))) {
            authorizer.require(caller, Permissions.USER_READ, Permissions.USER_READ, List.of(), "user", "users/" + id);
        }
    }

    /** Lets pass who holds the permission and may do whatever the user may do. */
    void requireOver(Caller caller, Permission permission, UUID id, String action) {
        Account account = accounts.find(Accounts.principal(id));
        authorizer.require(caller, permission, Permissions.USER_READ, List.of(), "user", "users/" + id);
        if (account == null) {
            throw FreeholdException.notFound("user");
        }
        authorizer.requireToCover(caller, account, action);
    }
}
