package io.freehold.security.rbac;

import io.freehold.api.project.ProjectService;
import io.freehold.api.project.ScopeOwner;
import io.freehold.api.project.ScopeRegistry;
import io.freehold.api.security.AccessReview;
import io.freehold.api.security.GroupService;
import io.freehold.api.security.RoleService;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.support.Randoms;
import java.time.Clock;
import java.util.List;

/** Puts this room together: everything about who may do what. */
public final class Rbac {
    private final RoleService roles;
    private final GroupService groups;
    private final ProjectService projects;
    private final ScopeRegistry scopes;
    private final AccessReview review;
    private final Memberships memberships;

    /**
     * What the room needs.
     *
     * @param owners may change at any time
     * @param clock one that never runs backwards
     */
    public record Needs(
            Transactions transactions,
            BuiltInRoles builtInRoles,
            Accounts accounts,
            RoleAuthorizer authorizer,
            AuditTrail trail,
            List<ScopeOwner> owners,
            Randoms randoms,
            Clock clock) {}

    public Rbac(Needs needs) {
        Places places = new Places(needs.owners());
        RoleBindings bindings = new RoleBindings(needs, places);
        memberships = new Memberships(needs);
        roles = new Roles(needs, bindings);
        groups = new Groups(needs, memberships);
        projects = new Projects(needs, bindings, places);
        scopes = new Scopes(needs.transactions(), bindings, needs.trail());
        review = new Review(needs);
    }

    public RoleService roles() {
        return roles;
    }

    public GroupService groups() {
        return groups;
    }

    public ProjectService projects() {
        return projects;
    }

    public ScopeRegistry scopes() {
        return scopes;
    }

    public AccessReview review() {
        return review;
    }

    /** For those who create and delete users. */
    public Memberships memberships() {
        return memberships;
    }
}
