package io.freehold.security;

import static io.freehold.security.Refusals.assertInvalid;
import static io.freehold.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.PageRequest;
import io.freehold.api.audit.AuditEntry;
import io.freehold.api.security.Access;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Group;
import io.freehold.api.security.GroupService;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Role;
import io.freehold.api.security.RoleService;
import io.freehold.api.security.Scope;
import io.freehold.api.security.User;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupTest extends HomeTest {
    private Caller admin;

    @BeforeEach
    void setUp() {
        admin = home.admin();
    }

    private GroupService groups() {
        return home.security().rbac().groups();
    }

    private RoleService roles() {
        return home.security().roles();
    }

    private Access access(Caller caller) {
        return home.security().authorizer().access(caller);
    }

    private static Principal principal(Group group) {
        return Principal.parse("group:" + group.id());
    }

    @Test
    void aGroupIsFoundAsItWasMade() {
        User ada = home.user("ada", null);
        Group group = groups().create(admin, "Club", Set.of(ada.id()));

        assertThat(groups().get(admin, group.id())).isEqualTo(group);
        assertThat(group.members()).containsExactly(ada.id());
        assertThat(groups().list(admin, PageRequest.first()).items()).containsExactly(group);
        Group other = groups().create(admin, "other", Set.of());
        var first = groups().list(admin, new PageRequest(1, null));
        assertThat(first.total()).isEqualTo(2);
        var rest = groups().list(admin, new PageRequest(1, first.nextCursor()));
        assertThat(List.of(first.items().get(0), rest.items().get(0))).containsExactlyInAnyOrder(group, other);
        assertRefused(() -> groups().create(admin, "CLUB", Set.of()), ErrorCode.CONFLICT, "NAME_TAKEN");
        assertInvalid(() -> groups().create(admin, "", Set.of()), "name");
        assertInvalid(() -> groups().create(admin, "x", Set.of(new UUID(0, 9))), "members");
        assertThat(groups().list(admin, PageRequest.first()).total()).isEqualTo(2);
    }

    @Test
    void membersHoldWhatTheGroupHoldsFromTheMomentThatTheyAreInUntilTheyAreOut() {
        User user = home.user("ada", null);
        Caller ada = home.signIn("ada");
        Scope project = home.project("web");
        Group group = groups().create(admin, "club", Set.of());
        roles().bind(admin, principal(group), Role.USER, project);
        long before = access(ada).revision();

        groups().addMember(admin, group.id(), user.id());
        assertThat(access(ada).revision()).isNotEqualTo(before);
        assertThat(access(ada).allows(Permissions.INSTANCE_START, List.of(project)))
                .isTrue();
        assertThat(access(ada).byScope()).containsOnlyKeys(project);
        home.restart();
        assertThat(access(ada).allows(Permissions.INSTANCE_START, List.of(project)))
                .isTrue();

        var more = roles().bind(admin, principal(group), Role.AUDITOR, Scope.ROOT);
        assertThat(access(ada).allows(Permissions.AUDIT_READ)).isTrue();
        roles().unbind(admin, more.id());
        assertThat(access(ada).allows(Permissions.AUDIT_READ)).isFalse();

        groups().removeMember(admin, group.id(), user.id());
        assertThat(access(ada).byScope()).isEmpty();
        assertRefused(() -> groups().removeMember(admin, group.id(), user.id()), ErrorCode.NOT_FOUND);
        assertThat(groups().addMember(admin, group.id(), user.id()).version())
                .isEqualTo(groups().addMember(admin, group.id(), user.id()).version());
        assertInvalid(() -> groups().addMember(admin, group.id(), new UUID(0, 9)), "userId");
        assertThat(home.audit("group.update")).hasSize(3);
    }

    @Test
    void membersAreReplacedWithTheGroup() {
        User ada = home.user("ada", null);
        User bob = home.user("bob", null);
        Group group = groups().create(admin, "club", Set.of(ada.id()));
        roles().bind(admin, principal(group), Role.READONLY, Scope.ROOT);

        Group renamed = groups().update(admin, group.id(), "guild", null, 1);
        assertThat(renamed.members()).containsExactly(ada.id());
        Group changed = groups().update(admin, group.id(), "guild", Set.of(bob.id()), 2);

        assertThat(changed.members()).containsExactly(bob.id());
        // What alerts on changed privileges are told by.
        assertThat(home.audit("group.update"))
                .extracting(AuditEntry::detail)
                .containsExactly("guild, 1 members; joins: 1, leaves: 1", "guild, 1 members");
        assertThat(access(home.signIn("ada")).permissions()).isEmpty();
        assertThat(access(home.signIn("bob")).permissions()).contains(Permissions.INSTANCE_READ);
        assertRefused(() -> groups().update(admin, group.id(), "x", null, 2), ErrorCode.STALE);
        assertInvalid(() -> groups().update(admin, group.id(), "x", Set.of(new UUID(0, 1), ada.id()), 3), "members");
        assertRefused(() -> groups().update(admin, new UUID(0, 1), "x", null, 1), ErrorCode.NOT_FOUND);
    }

    @Test
    void aGroupThatIsDeletedGrantsNothingMore() {
        User user = home.user("ada", null);
        Group group = groups().create(admin, "club", Set.of(user.id()));
        roles().bind(admin, principal(group), Role.READONLY, Scope.ROOT);
        Caller ada = home.signIn("ada");

        groups().delete(admin, group.id());

        assertThat(access(ada).permissions()).isEmpty();
        assertThat(roles().bindings(admin, principal(group), PageRequest.first())
                        .items())
                .isEmpty();
        assertRefused(() -> groups().get(admin, group.id()), ErrorCode.NOT_FOUND);
        assertInvalid(() -> roles().bind(admin, principal(group), Role.READONLY, Scope.ROOT), "principal");
    }

    @Test
    void aUserWhoIsDeletedIsInNoGroup() {
        User user = home.user("ada", null);
        Group group = groups().create(admin, "club", Set.of(user.id()));
        home.security().users().delete(admin, user.id());
        assertThat(groups().get(admin, group.id()).members()).isEmpty();
        assertThat(groups().get(admin, group.id()).version()).isEqualTo(2);
    }

    @Test
    void aUserIsCreatedInGroups() {
        Group group = groups().create(admin, "club", Set.of());
        roles().bind(admin, principal(group), Role.READONLY, Scope.ROOT);

        User user = home.security().users().create(admin, "ada", Home.PASSWORD, null, Set.of(group.id()));

        assertThat(groups().get(admin, group.id()).members()).containsExactly(user.id());
        assertThat(access(home.signIn("ada")).permissions()).contains(Permissions.INSTANCE_READ);
        assertInvalid(
                () -> home.security().users().create(admin, "bob", Home.PASSWORD, null, Set.of(new UUID(0, 1))),
                "groups");
        assertRefused(() -> home.security().users().find(admin, "bob"), ErrorCode.NOT_FOUND);
    }

    @Test
    void theLastAdministratorByAGroupStays() {
        User user = home.user("ada", null);
        Group group = groups().create(admin, "admins", Set.of(user.id()));
        var binding = roles().bind(admin, principal(group), Role.ADMINISTRATOR, Scope.ROOT);
        Caller ada = home.signIn("ada");
        home.security().users().delete(ada, UUID.fromString(admin.principal().id()));

        String last = "LAST_ADMINISTRATOR";
        assertRefused(() -> home.security().users().delete(ada, user.id()), ErrorCode.CONFLICT, last);
        assertRefused(() -> home.security().users().setEnabled(ada, user.id(), false), ErrorCode.CONFLICT, last);
        assertRefused(() -> roles().unbind(ada, binding.id()), ErrorCode.CONFLICT, last);
        assertRefused(() -> roles().release(ada, principal(group), Scope.ROOT), ErrorCode.CONFLICT, last);
        assertRefused(() -> roles().assign(ada, principal(group), Role.READONLY, Scope.ROOT), ErrorCode.CONFLICT, last);
        assertRefused(() -> groups().removeMember(ada, group.id(), user.id()), ErrorCode.CONFLICT, last);
        assertRefused(() -> groups().update(ada, group.id(), "x", Set.of(), 1), ErrorCode.CONFLICT, last);
        assertRefused(() -> groups().delete(ada, group.id()), ErrorCode.CONFLICT, last);
        assertThat(access(ada).allows(Permissions.PLUGIN_MANAGE)).isTrue();
    }

    @Test
    void groupsAreSeenByWhoMayReadThem() {
        Group group = groups().create(admin, "club", Set.of());
        home.user("ada", Role.OPERATOR);
        Caller ada = home.signIn("ada");
        assertRefused(() -> groups().list(ada, PageRequest.first()), ErrorCode.DENIED);
        assertRefused(() -> groups().get(ada, group.id()), ErrorCode.NOT_FOUND);
        assertRefused(() -> groups().delete(ada, group.id()), ErrorCode.NOT_FOUND);
        home.user("eve", Role.AUDITOR);
        Caller eve = home.signIn("eve");
        assertThat(groups().get(eve, group.id())).isEqualTo(group);
        assertRefused(() -> groups().delete(eve, group.id()), ErrorCode.DENIED);
    }
}
