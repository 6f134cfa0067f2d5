package io.freehold.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.audit.Outcome;
import io.freehold.api.project.NewProject;
import io.freehold.api.project.Quotas;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Group;
import io.freehold.api.security.GroupService;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Role;
import io.freehold.api.security.RoleBinding;
import io.freehold.api.security.RoleService;
import io.freehold.api.security.Scope;
import io.freehold.api.security.User;
import io.freehold.api.security.UserService;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every way to come to more than one holds, tried by a manager who may do everything with users, groups, roles,
 * bindings and projects, and holds nothing else but reading instances.
 */
class EscalationTest extends HomeTest {
    private static final Set<String> MANAGED = Set.of("user", "group", "role", "role-binding", "project");

    private Caller admin;
    private Caller manager;
    private User managerUser;
    private User mighty;
    private User weak;
    private Role mightyRole;
    private Group mightyGroup;
    private RoleBinding mightyBinding;
    private RoleBinding groupBinding;
    private Scope project;

    @BeforeEach
    void setUp() {
        admin = home.admin();
        Set<Permission> managing = Permissions.ALL.stream()
                .filter(permission -> MANAGED.contains(permission.resource()))
                .collect(Collectors.toSet());
        managing.add(Permissions.INSTANCE_READ);
        String managerRole = roles().create(admin, "manager", managing).id();
        managerUser = home.user("manager", managerRole);
        mighty = home.user("mighty", null);
        weak = home.user("weak", null);
        project = home.project("web");
        mightyRole = roles().create(admin, "mighty", Set.of(Permissions.INSTANCE_READ, Permissions.INSTANCE_KILL));
        mightyBinding = roles().bind(admin, Home.principal(mighty), mightyRole.id(), project);
        mightyGroup = groups().create(admin, "mighty", Set.of());
        groupBinding = roles().bind(admin, principal(mightyGroup), mightyRole.id(), project);
        manager = home.signIn("manager");
    }

    private RoleService roles() {
        return home.security().roles();
    }

    private GroupService groups() {
        return home.security().rbac().groups();
    }

    private UserService users() {
        return home.security().users();
    }

    private static Principal principal(Group group) {
        return Principal.parse("group:" + group.id());
    }

    private Map<String, ThrowingCallable> ways() {
        Principal self = Home.principal(managerUser);
        Set<Permission> more = Set.of(Permissions.INSTANCE_KILL);
        Role own = roles().create(manager, "own", Set.of(Permissions.INSTANCE_READ));
        Group empty = groups().create(manager, "empty", Set.of(managerUser.id()));
        Map<String, ThrowingCallable> ways = new TreeMap<>();
        ways.put("binding a mightier role to oneself", () -> roles().bind(manager, self, mightyRole.id(), Scope.ROOT));
        ways.put("binding a built-in role", () -> roles().bind(manager, self, Role.ADMINISTRATOR, Scope.ROOT));
        ways.put("binding it at a project", () -> roles().bind(manager, self, mightyRole.id(), project));
        ways.put("binding it to one's own group", () -> roles().bind(
                        manager, principal(empty), mightyRole.id(), Scope.ROOT));
        ways.put("project membership", () -> roles().assign(manager, self, mightyRole.id(), project));
        ways.put("making a mightier role", () -> roles().create(manager, "kill", more));
        ways.put("adding to a role that one holds", () -> roles().update(manager, own.id(), "own", more, 1));
        ways.put("changing a mightier role", () -> roles().update(
                        manager, mightyRole.id(), "mighty", Set.of(Permissions.INSTANCE_READ), 1));
        ways.put("deleting a mightier role", () -> roles().delete(manager, mightyRole.id()));
        ways.put("joining a mightier group", () -> groups().addMember(manager, mightyGroup.id(), managerUser.id()));
        ways.put("replacing its members", () -> groups().update(
                        manager, mightyGroup.id(), "mighty", Set.of(weak.id()), 1));
        ways.put("emptying a mightier group", () -> groups().removeMember(manager, mightyGroup.id(), weak.id()));
        ways.put("deleting a mightier group", () -> groups().delete(manager, mightyGroup.id()));
        ways.put("creating a user in a mightier group", () -> users().create(
                        manager, "puppet", Home.PASSWORD, null, Set.of(mightyGroup.id())));
        ways.put("a new password for a mightier user", () -> users().resetPassword(manager, mighty.id()));
        ways.put("another address for a mightier user", () -> users().update(manager, mighty.id(), "e@x.org", 1));
        ways.put("disabling a mightier user", () -> users().setEnabled(manager, mighty.id(), false));
        ways.put("deleting a mightier user", () -> users().delete(manager, mighty.id()));
        ways.put("taking a mightier binding away", () -> roles().unbind(manager, mightyBinding.id()));
        ways.put("taking a group's binding away", () -> roles().unbind(manager, groupBinding.id()));
        ways.put("ending a mightier membership", () -> roles().release(manager, Home.principal(mighty), project));
        ways.put("replacing a mightier membership", () -> roles().assign(
                        manager, Home.principal(mighty), Role.PROJECT_OWNER, project));
        return ways;
    }

    @Test
    void everyWayToMoreThanOneHoldsIsDeniedAndRecorded() {
        ways().forEach((way, attempt) -> {
            // So that a denial like one before is an entry of its own.
            home.clock.pass(Duration.ofMinutes(2));
            long before = denials();
            assertThat(Refusals.refusal(attempt).code()).as(way).isEqualTo(ErrorCode.DENIED);
            assertThat(denials()).as(way).isEqualTo(before + 1);
        });
        assertThat(home.security().authorizer().access(manager).allowsSomewhere(Permissions.INSTANCE_KILL))
                .isFalse();
    }

    private long denials() {
        return home.audit(null).stream()
                .filter(entry -> entry.outcome() == Outcome.DENIED
                        && entry.actor().equals(manager.principal().toString()))
                .count();
    }

    @Test
    void whatAPluginThatIsAwayGrantsIsHeldByAdministratorsAlone() {
        Permission greet = Permission.of("hello:greet");
        home.declare(greet);
        Role greeter = roles().create(admin, "greeter", Set.of(greet));
        User ada = home.user("ada", greeter.id());
        Group greeters = groups().create(admin, "greeters", Set.of());
        roles().bind(admin, principal(greeters), greeter.id(), Scope.ROOT);
        home.declare();

        Map<String, ThrowingCallable> ways = Map.of(
                "a new password", () -> users().resetPassword(manager, ada.id()),
                "joining", () -> groups().addMember(manager, greeters.id(), managerUser.id()),
                "a new user", () -> users().create(manager, "new", Home.PASSWORD, null, Set.of(greeters.id())));
        ways.forEach((way, attempt) ->
                assertThat(Refusals.refusal(attempt).code()).as(way).isEqualTo(ErrorCode.DENIED));
        users().resetPassword(admin, ada.id());
        groups().addMember(admin, greeters.id(), weak.id());
    }

    @Test
    void withinWhatOneHoldsEverythingWorks() {
        Role own = roles().create(manager, "own", Set.of(Permissions.INSTANCE_READ));
        Group group = groups().create(manager, "club", Set.of(weak.id()));
        RoleBinding binding = roles().bind(manager, principal(group), own.id(), project);
        groups().addMember(manager, group.id(), mighty.id());
        groups().removeMember(manager, group.id(), mighty.id());
        roles().update(manager, own.id(), "less", Set.of(), 1);
        users().resetPassword(manager, weak.id());
        UUID made = users().create(manager, "new", Home.PASSWORD, null, Set.of(group.id()))
                .id();
        users().delete(manager, made);
        roles().unbind(manager, binding.id());
        roles().delete(manager, own.id());
        groups().delete(manager, group.id());
        var mine = home.security().rbac().projects();
        mine.delete(
                manager,
                mine.create(manager, new NewProject("mine", null, Quotas.UNLIMITED))
                        .id());
    }

    @Test
    void aRoleThatGrowsWhileItIsBeingBoundIsNotBound() {
        Role own = roles().create(admin, "own", Set.of(Permissions.INSTANCE_READ));
        home.database.beforeNextWrite(
                () -> roles().update(admin, own.id(), "own", Set.of(Permissions.INSTANCE_KILL), 1));
        Refusals.assertRefused(
                () -> roles().bind(manager, Home.principal(weak), own.id(), Scope.ROOT),
                ErrorCode.CONFLICT,
                "CHANGED_MEANWHILE");
    }

    @Test
    void aGroupThatGrowsWhileSomebodyJoinsLetsNobodyIn() {
        Group group = groups().create(admin, "club", Set.of());
        home.database.beforeNextWrite(() -> roles().bind(admin, principal(group), mightyRole.id(), Scope.ROOT));
        Refusals.assertRefused(
                () -> groups().addMember(manager, group.id(), managerUser.id()),
                ErrorCode.CONFLICT,
                "CHANGED_MEANWHILE");
        assertThat(groups().get(admin, group.id()).members()).isEmpty();
    }
}
