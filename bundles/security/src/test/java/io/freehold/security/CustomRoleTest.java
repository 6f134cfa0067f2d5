package io.freehold.security;

import static io.freehold.security.Refusals.assertInvalid;
import static io.freehold.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.PageRequest;
import io.freehold.api.security.Access;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Role;
import io.freehold.api.security.RoleService;
import io.freehold.api.security.Scope;
import io.freehold.api.security.User;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomRoleTest extends HomeTest {
    private static final Set<Permission> POWER = Set.of(Permissions.INSTANCE_START, Permissions.INSTANCE_STOP);
    private static final Permission GREET = Permission.of("hello:greet");

    private Caller admin;

    @BeforeEach
    void setUp() {
        admin = home.admin();
    }

    private RoleService roles() {
        return home.security().roles();
    }

    private Access access(Caller caller) {
        return home.security().authorizer().access(caller);
    }

    @Test
    void aRoleIsFoundAsItWasMadeAlsoAfterARestart() {
        Role role = roles().create(admin, " Power ", POWER);

        assertThat(role.name()).isEqualTo("Power");
        assertThat(role.builtIn()).isFalse();
        assertThat(roles().role(admin, role.id())).isEqualTo(role);
        assertThat(roles().roles(admin)).last().isEqualTo(role);
        home.restart();
        assertThat(roles().role(admin, role.id())).isEqualTo(role);
        assertThat(home.audit("role.create")).hasSize(1);
    }

    @Test
    void changingARoleHoldsAtOnceForThoseToWhomItIsBound() {
        Role role = roles().create(admin, "power", POWER);
        User user = home.user("ada", null);
        Scope project = home.project("web");
        roles().bind(admin, Home.principal(user), role.id(), project);
        Caller ada = home.signIn("ada");
        assertThat(access(ada).allows(Permissions.INSTANCE_START, List.of(project)))
                .isTrue();

        Role changed = roles().update(admin, role.id(), "kill", Set.of(Permissions.INSTANCE_KILL), 1);

        assertThat(changed.version()).isEqualTo(2);
        assertThat(access(ada).allows(Permissions.INSTANCE_START, List.of(project)))
                .isFalse();
        assertThat(access(ada).allows(Permissions.INSTANCE_KILL, List.of(project)))
                .isTrue();
        home.restart();
        assertThat(access(ada).allows(Permissions.INSTANCE_KILL, List.of(project)))
                .isTrue();
    }

    @Test
    void aChangeThatIsBasedOnAnOldVersionIsRefused() {
        Role role = roles().create(admin, "power", POWER);
        roles().update(admin, role.id(), "power", Set.of(), 1);
        assertRefused(() -> roles().update(admin, role.id(), "power", POWER, 1), ErrorCode.STALE);
    }

    @Test
    void builtInRolesStayAsTheyAre() {
        assertRefused(
                () -> roles().update(admin, Role.READONLY, "x", Set.of(), 1), ErrorCode.CONFLICT, "BUILT_IN_ROLE");
        assertRefused(() -> roles().delete(admin, Role.READONLY), ErrorCode.CONFLICT, "BUILT_IN_ROLE");
        assertRefused(() -> roles().create(admin, "Administrator", Set.of()), ErrorCode.CONFLICT, "NAME_TAKEN");
    }

    @Test
    void twoRolesHaveTwoNamesWhateverTheCase() {
        Role role = roles().create(admin, "power", POWER);
        Role other = roles().create(admin, "other", POWER);
        assertRefused(() -> roles().create(admin, "POWER", POWER), ErrorCode.CONFLICT, "NAME_TAKEN");
        assertRefused(() -> roles().update(admin, other.id(), "Power", POWER, 1), ErrorCode.CONFLICT, "NAME_TAKEN");
        assertThat(roles().update(admin, role.id(), "Power", POWER, 1).name()).isEqualTo("Power");
    }

    @Test
    void whatIsNoNameAndNoPermissionIsNamed() {
        assertInvalid(() -> roles().create(admin, "  ", POWER), "name");
        assertInvalid(() -> roles().create(admin, "x".repeat(101), POWER), "name");
        assertInvalid(() -> roles().create(admin, "x", Set.of(GREET)), "permissions");
        assertRefused(() -> roles().role(admin, "x"), ErrorCode.NOT_FOUND);
        assertRefused(() -> roles().update(admin, "x", "x", Set.of(), 1), ErrorCode.NOT_FOUND);
        assertRefused(() -> roles().delete(admin, "x"), ErrorCode.NOT_FOUND);
    }

    @Test
    void aRoleThatIsBoundIsNotDeleted() {
        Role role = roles().create(admin, "power", POWER);
        User user = home.user("ada", null);
        var binding = roles().bind(admin, Home.principal(user), role.id(), Scope.ROOT);

        assertRefused(() -> roles().delete(admin, role.id()), ErrorCode.CONFLICT, "ROLE_BOUND");

        roles().unbind(admin, binding.id());
        roles().delete(admin, role.id());
        assertRefused(() -> roles().role(admin, role.id()), ErrorCode.NOT_FOUND);
        assertInvalid(() -> roles().bind(admin, Home.principal(user), role.id(), Scope.ROOT), "roleId");
        assertThat(home.audit("role.delete")).hasSize(1);
    }

    @Test
    void aPluginsPermissionIsHeldByARoleWhileThePluginIsThere() {
        home.declare(GREET);
        Role role = roles().create(admin, "greeter", Set.of(GREET, Permissions.INSTANCE_READ));
        User user = home.user("ada", null);
        roles().bind(admin, Home.principal(user), role.id(), Scope.ROOT);
        Caller ada = home.signIn("ada");
        assertThat(access(ada).allows(GREET)).isTrue();

        home.declare();
        assertThat(access(ada).allows(GREET)).isFalse();
        assertThat(access(ada).allows(Permissions.INSTANCE_READ)).isTrue();
        assertThat(roles().role(admin, role.id()).permissions()).contains(GREET);
        // It stays where it is, and comes to nobody: who would grant it does not hold it now.
        roles().update(admin, role.id(), "hello", Set.of(GREET), 1);
        User bob = home.user("bob", null);
        assertRefused(() -> roles().bind(admin, Home.principal(bob), role.id(), Scope.ROOT), ErrorCode.DENIED);

        home.declare(GREET);
        assertThat(access(ada).allows(GREET)).isTrue();
    }

    @Test
    void rolesAreSeenByWhoGivesThemToOthersAnywhere() {
        User user = home.user("ada", null);
        Caller ada = home.signIn("ada");
        assertRefused(() -> roles().roles(ada), ErrorCode.DENIED);
        assertRefused(() -> roles().role(ada, Role.USER), ErrorCode.DENIED);
        roles().bind(admin, Home.principal(user), Role.PROJECT_OWNER, home.project("web"));
        assertThat(roles().roles(ada)).isNotEmpty();
        assertThat(roles().role(ada, Role.USER).id()).isEqualTo(Role.USER);
    }

    @Test
    void aRoleThatCannotBeRecordedIsNotMade() {
        home.database.breakWrites(true);
        assertRefused(() -> roles().create(admin, "power", POWER), ErrorCode.UNAVAILABLE);
        home.database.breakWrites(false);
        assertThat(roles().roles(admin)).allMatch(Role::builtIn);
        assertThat(roles().bindings(admin, null, PageRequest.first()).total()).isEqualTo(1);
    }
}
