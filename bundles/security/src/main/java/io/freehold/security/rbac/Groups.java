package io.freehold.security.rbac;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Group;
import io.freehold.api.security.GroupService;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.storage.Transactions;
import io.freehold.security.audit.AuditTrail;
import io.freehold.security.support.Names;
import io.freehold.security.support.Randoms;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Groups as the API offers them. Each change is one transaction with its audit entry. */
public final class Groups implements GroupService {
    private final Memberships memberships;
    private final Transactions transactions;
    private final Accounts accounts;
    private final RoleAuthorizer authorizer;
    private final AuditTrail trail;
    private final Randoms randoms;
    private final Clock clock;

    Groups(Rbac.Needs needs, Memberships memberships) {
        this.memberships = memberships;
        this.transactions = needs.transactions();
        this.accounts = needs.accounts();
        this.authorizer = needs.authorizer();
        this.trail = needs.trail();
        this.randoms = needs.randoms();
        this.clock = needs.clock();
    }

    @Override
    public Page<Group> list(Caller caller, PageRequest page) {
        authorizer.require(caller, Permissions.GROUP_READ, "groups");
        return transactions.read(connection -> GroupTable.page(connection, page));
    }

    @Override
    public Group get(Caller caller, UUID id) {
        require(caller, Permissions.GROUP_READ, id);
        return transactions.read(connection -> GroupTable.get(connection, id));
    }

    @Override
    public Group create(Caller caller, String name, Set<UUID> members) {
        authorizer.require(caller, Permissions.GROUP_CREATE, "groups");
        String checked = Names.check(name);
        UUID id = randoms.id();
        return transactions.write(connection -> {
            trail.hold(connection);
            GroupTable.insert(connection, id, checked, Instant.ofEpochMilli(clock.millis()));
            Memberships.requireUsers(connection, members, "members");
            // Nothing can be bound to a group that was not there: its first members gain nothing.
            GroupTable.add(connection, id, members);
            trail.record(connection, caller, "group.create", "groups/" + id, Outcome.SUCCESS, checked);
            return GroupTable.get(connection, id);
        });
    }

    @Override
    public Group update(Caller caller, UUID id, String name, @Nullable Set<UUID> members, long version) {
        require(caller, Permissions.GROUP_UPDATE, id);
        String checked = Names.check(name);
        Group old = transactions.read(connection -> GroupTable.get(connection, id));
        Set<UUID> wanted = members == null ? Set.copyOf(old.members()) : Set.copyOf(members);
        Set<UUID> joining = without(wanted, old.members());
        Set<UUID> leaving = without(old.members(), wanted);
        Set<CompiledAccess.Grant> held = joining.isEmpty() && leaving.isEmpty()
                ? Set.of()
                : memberships.requireToCover(caller, id, "group.update");
        return transactions.write(connection -> {
            trail.hold(connection);
            if (old.version() != version || GroupTable.get(connection, id).version() != version) {
                throw new FreeholdException(ErrorCode.STALE, "The group has changed since. Read it again.");
            }
            GroupTable.rename(connection, id, checked);
            if (!joining.isEmpty() || !leaving.isEmpty()) {
                memberships.requireSame(connection, id, held);
            }
            String changes = joining.isEmpty() && leaving.isEmpty()
                    ? ""
                    : "; joins: " + joining.size() + ", leaves: " + leaving.size();
            return change(
                    connection, caller, id, joining, leaving, checked + ", " + wanted.size() + " members" + changes);
        });
    }

    @Override
    public void delete(Caller caller, UUID id) {
        require(caller, Permissions.GROUP_DELETE, id);
        Group group = transactions.read(connection -> GroupTable.get(connection, id));
        Set<CompiledAccess.Grant> held = memberships.requireToCover(caller, id, "group.delete");
        transactions.write(connection -> {
            trail.hold(connection);
            List<UUID> members = GroupTable.get(connection, id).members();
            memberships.requireSame(connection, id, held);
            long administrators = Administrators.count(connection);
            Bindings.deleteAll(connection, Memberships.principal(id));
            GroupTable.delete(connection, id);
            Administrators.requireSome(connection, administrators);
            accounts.changed(connection, members);
            trail.record(connection, caller, "group.delete", "groups/" + id, Outcome.SUCCESS, group.name());
            return id;
        });
    }

    @Override
    public Group addMember(Caller caller, UUID id, UUID userId) {
        require(caller, Permissions.GROUP_UPDATE, id);
        Group old = transactions.read(connection -> GroupTable.get(connection, id));
        if (old.members().contains(userId)) {
            return old;
        }
        Set<CompiledAccess.Grant> held = memberships.requireToCover(caller, id, "group.update");
        return transactions.write(connection -> {
            trail.hold(connection);
            GroupTable.get(connection, id);
            memberships.requireSame(connection, id, held);
            return change(connection, caller, id, Set.of(userId), Set.of(), "user:" + userId + " joins");
        });
    }

    @Override
    public Group removeMember(Caller caller, UUID id, UUID userId) {
        require(caller, Permissions.GROUP_UPDATE, id);
        Set<CompiledAccess.Grant> held = memberships.requireToCover(caller, id, "group.update");
        return transactions.write(connection -> {
            trail.hold(connection);
            if (!GroupTable.get(connection, id).members().contains(userId)) {
                throw FreeholdException.notFound("member");
            }
            memberships.requireSame(connection, id, held);
            return change(connection, caller, id, Set.of(), Set.of(userId), "user:" + userId + " leaves");
        });
    }

    private Group change(
            Connection connection, Caller caller, UUID id, Set<UUID> joining, Set<UUID> leaving, String detail)
            throws SQLException {
        long administrators = Administrators.count(connection);
        Memberships.requireUsers(connection, joining, joining.size() == 1 ? "userId" : "members");
        GroupTable.add(connection, id, joining);
        GroupTable.remove(connection, id, leaving);
        GroupTable.changed(connection, id);
        Administrators.requireSome(connection, administrators);
        accounts.changed(connection, joining);
        accounts.changed(connection, leaving);
        memberships.record(connection, caller, id, detail);
        return GroupTable.get(connection, id);
    }

    private void require(Caller caller, Permission permission, UUID id) {
        authorizer.require(caller, permission, Permissions.GROUP_READ, List.of(), "group", "groups/" + id);
    }

    private static Set<UUID> without(Collection<UUID> some, Collection<UUID> others) {
        Set<UUID> rest = new HashSet<>(some);
        others.forEach(rest::remove);
        return rest;
    }
}
