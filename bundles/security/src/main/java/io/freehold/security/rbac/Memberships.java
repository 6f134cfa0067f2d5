package io.freehold.security.rbac;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Principal;
import io.freehold.api.storage.Sql;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditTrail;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Takes users into groups and out of them. Each grants, or takes away, what the group holds, so whoever does it must
 * hold that; what the group holds is looked at before the transaction, and must be the same inside it.
 */
public final class Memberships {
    private final Transactions transactions;
    private final Grants grants;
    private final RoleAuthorizer authorizer;
    private final AuditTrail trail;

    Memberships(Rbac.Needs needs) {
        this.transactions = needs.transactions();
        this.grants = new Grants(needs.builtInRoles());
        this.authorizer = needs.authorizer();
        this.trail = needs.trail();
    }

    /** The groups that somebody may take users into and out of, by what each holds. */
    public record Admitted(Map<UUID, Set<CompiledAccess.Grant>> groups) {}

    /**
     * Lets pass who may take users into each of the groups.
     *
     * @throws FreeholdException {@code DENIED}; {@code INVALID} naming {@code groups} if there is no such group
     */
    public Admitted admit(Caller caller, Collection<UUID> groups) {
        if (!groups.isEmpty()) {
            authorizer.require(caller, Permissions.GROUP_UPDATE, "groups");
        }
        Map<UUID, Set<CompiledAccess.Grant>> admitted = new HashMap<>();
        for (UUID group : groups) {
            admitted.put(group, requireToCover(caller, group, "group.update"));
        }
        return new Admitted(admitted);
    }

    /** Takes a new user into groups, in the running transaction. */
    public void join(Connection connection, Caller caller, UUID user, Admitted admitted) throws SQLException {
        for (Map.Entry<UUID, Set<CompiledAccess.Grant>> group :
                admitted.groups().entrySet()) {
            if (GroupTable.find(connection, group.getKey()).isEmpty()) {
                throw FreeholdException.invalid("groups", "there is no group " + group.getKey());
            }
            requireSame(connection, group.getKey(), group.getValue());
            GroupTable.add(connection, group.getKey(), List.of(user));
            GroupTable.changed(connection, group.getKey());
            record(connection, caller, group.getKey(), "user:" + user + " joins");
        }
    }

    /** Takes a user out of every group, in the running transaction; for one who is being deleted. */
    public void forget(Connection connection, UUID user) throws SQLException {
        GroupTable.forget(connection, user);
    }

    /**
     * What a group holds, if the caller holds all of it.
     *
     * @throws FreeholdException {@code DENIED}
     */
    Set<CompiledAccess.Grant> requireToCover(Caller caller, UUID group, String action) {
        Set<CompiledAccess.Grant> held = transactions.read(connection -> grants.boundTo(connection, principal(group)));
        if (!authorizer.covers(caller, held)) {
            throw authorizer.denied(
                    caller, action, "groups/" + group, "You do not hold everything that the group holds.");
        }
        return held;
    }

    void requireSame(Connection connection, UUID group, Set<CompiledAccess.Grant> held) throws SQLException {
        if (!grants.boundTo(connection, principal(group)).equals(held)) {
            throw new FreeholdException(
                    ErrorCode.CONFLICT, "CHANGED_MEANWHILE", "Somebody changed what the group holds. Try again.");
        }
    }

    void record(Connection connection, Caller caller, UUID group, String detail) throws SQLException {
        trail.record(connection, caller, "group.update", "groups/" + group, Outcome.SUCCESS, detail);
    }

    /** Refuses users who do not exist, in the running transaction. */
    static void requireUsers(Connection connection, Collection<UUID> users, String field) throws SQLException {
        for (UUID user : users) {
            if (Sql.number(connection, "SELECT COUNT(*) FROM security_user WHERE id = ?", user) == 0) {
                throw FreeholdException.invalid(field, "there is no user " + user);
            }
        }
    }

    static Principal principal(UUID group) {
        return new Principal(Principal.Type.GROUP, group.toString());
    }
}
