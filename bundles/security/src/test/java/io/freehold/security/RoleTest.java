package io.freehold.security;

import static io.freehold.security.Refusals.assertInvalid;
import static io.freehold.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.PageRequest;
import io.freehold.api.audit.Outcome;
import io.freehold.api.security.Access;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Role;
import io.freehold.api.security.RoleBinding;
import io.freehold.api.security.RoleService;
import io.freehold.api.security.Scope;
import io.freehold.api.security.User;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoleTest extends HomeTest {
    private static final Scope BACKEND = Scope.backend(new UUID(0, 1));
    private static final Scope OTHER = Scope.backend(new UUID(0, 2));

    private Caller admin;

    @BeforeEach
    void setUp() {
        admin = home.admin();
        home.things.present.add(BACKEND);
        home.things.present.add(OTHER);
    }

    private RoleService roles() {
        return home.security().roles();
    }

    private Access access(Caller caller) {
        return home.security().authorizer().access(caller);
    }

    private Set<String> permissions(String role) {
        return roles().roles(admin).stream()
                .filter(r -> r.id().equals(role))
                .flatMap(r -> r.permissions().stream())
                .map(Permission::toString)
                .collect(Collectors.toSet());
    }

    @Test
    void builtInRolesAllowWhatTheyAreNamedFor() {
        assertThat(roles().roles(admin))
                .extracting(Role::name)
                .containsExactly("administrator", "operator", "project-owner", "user", "auditor", "readonly");
        assertThat(roles().roles(admin)).allMatch(Role::builtIn);
        assertThat(permissions("administrator"))
                .containsExactlyInAnyOrderElementsOf(
                        Permissions.ALL.stream().map(Permission::toString).toList());
        assertThat(permissions("operator"))
                .containsExactlyInAnyOrder(
                        "instance:read",
                        "instance:observe",
                        "instance:console",
                        "instance:start",
                        "instance:stop",
                        "instance:restart",
                        "instance:kill",
                        "instance:pause",
                        "instance:resume",
                        "instance:create",
                        "instance:manage-external",
                        "backend:read");
        assertThat(permissions("user"))
                .containsExactlyInAnyOrder(
                        "instance:read",
                        "instance:observe",
                        "instance:console",
                        "instance:start",
                        "instance:stop",
                        "instance:restart",
                        "instance:kill",
                        "instance:pause",
                        "instance:resume",
                        "instance:create",
                        "instance:delete");
        assertThat(permissions("project-owner"))
                .containsAll(permissions("user"))
                .contains("project:read", "project:update", "role:read", "role-binding:read")
                .contains("role-binding:create", "role-binding:delete")
                .doesNotContain("instance:host-access", "project:create", "project:delete", "user:read");
        assertThat(permissions("auditor"))
                .containsExactlyInAnyOrder(
                        "alert:read",
                        "instance:read",
                        "instance:observe",
                        "operation:read",
                        "backend:read",
                        "user:read",
                        "group:read",
                        "project:read",
                        "role:read",
                        "role-binding:read",
                        "access:review",
                        "admission:read",
                        "audit:read",
                        "system:read",
                        "plugin:read");
        assertThat(permissions("readonly")).containsExactlyInAnyOrder("instance:read", "instance:observe");
    }

    @Test
    void aBindingHoldsFromTheMomentThatItReturnsAtItsScopeAlone() {
        User user = home.user("ada", null);
        Caller ada = home.signIn("ada");
        long before = access(ada).revision();
        RoleBinding binding = roles().bind(admin, Home.principal(user), Role.OPERATOR, BACKEND);

        Access access = access(ada);
        assertThat(access.revision()).isNotEqualTo(before);
        assertThat(access.allows(Permissions.INSTANCE_START, List.of(OTHER, BACKEND)))
                .isTrue();
        assertThat(access.allows(Permissions.INSTANCE_START, List.of(OTHER))).isFalse();
        assertThat(access.allows(Permissions.INSTANCE_START, List.of())).isFalse();
        assertThat(access.allows(Permissions.INSTANCE_START)).isFalse();
        assertThat(access.allows(Permissions.INSTANCE_DELETE, List.of(BACKEND))).isFalse();
        assertThat(access.allowsSomewhere(Permissions.INSTANCE_START)).isTrue();
        assertThat(access.permissions()).isEmpty();
        home.restart();
        assertThat(access(ada).allows(Permissions.INSTANCE_START, List.of(BACKEND)))
                .isTrue();
        assertThat(access(ada).revision()).isNotEqualTo(access.revision());

        roles().unbind(admin, binding.id());
        assertThat(access(ada).allowsSomewhere(Permissions.INSTANCE_START)).isFalse();
        assertThat(home.audit("role-binding.*")).hasSize(2);
        assertRefused(() -> roles().unbind(admin, binding.id()), ErrorCode.NOT_FOUND);
    }

    @Test
    void aBindingEverywhereHoldsAtEveryScope() {
        home.user("ada", Role.READONLY);
        Access access = access(home.signIn("ada"));

        assertThat(access.allows(Permissions.INSTANCE_READ)).isTrue();
        assertThat(access.allows(Permissions.INSTANCE_READ, List.of(OTHER))).isTrue();
        assertThat(access.allows(Permissions.INSTANCE_READ, List.of())).isTrue();
        assertThat(access.permissions())
                .containsExactlyInAnyOrder(Permissions.INSTANCE_READ, Permissions.INSTANCE_OBSERVE);
    }

    @Test
    void whatDoesNotExistCannotBeBound() {
        User user = home.user("ada", null);
        Principal ada = Home.principal(user);
        assertInvalid(() -> roles().bind(admin, ada, "emperor", Scope.ROOT), "roleId");
        assertInvalid(() -> roles().bind(admin, ada, Role.USER, new Scope("/nowhere")), "scope");
        assertInvalid(
                () -> roles().bind(admin, Principal.parse("user:" + new UUID(0, 9)), Role.USER, Scope.ROOT),
                "principal");
        assertInvalid(() -> roles().bind(admin, Principal.parse("user:me"), Role.USER, Scope.ROOT), "principal");
        assertInvalid(
                () -> roles().bind(admin, Principal.parse("group:" + user.id()), Role.USER, Scope.ROOT), "principal");
        assertInvalid(() -> roles().bind(admin, Principal.parse("group:all"), Role.USER, Scope.ROOT), "principal");
        assertInvalid(() -> roles().bind(admin, ada, Role.USER, Scope.backend(new UUID(0, 9))), "scope");
        assertInvalid(() -> roles().bind(admin, ada, Role.USER, Scope.instance(new UUID(0, 9))), "scope");
        assertInvalid(() -> roles().bind(admin, ada, Role.USER, Scope.project(new UUID(0, 9))), "scope");
        assertInvalid(
                () -> roles().bind(admin, Principal.parse("token:" + user.id()), Role.USER, Scope.ROOT), "principal");
        assertInvalid(() -> roles().bind(admin, Principal.ANONYMOUS, Role.USER, Scope.ROOT), "principal");
    }

    @Test
    void theSpellingOfAnIdMakesNoSecondPrincipal() {
        User user = home.user("ada", Role.READONLY);
        Principal shouted =
                new Principal(Principal.Type.USER, user.id().toString().toUpperCase(Locale.ROOT));
        assertRefused(
                () -> roles().bind(admin, shouted, Role.READONLY, Scope.ROOT), ErrorCode.CONFLICT, "ALREADY_BOUND");
        RoleBinding binding = roles().bind(admin, shouted, Role.AUDITOR, Scope.ROOT);
        assertThat(binding.principal()).isEqualTo(Home.principal(user));
        assertThat(access(home.signIn("ada")).allows(Permissions.AUDIT_READ)).isTrue();
    }

    @Test
    void nobodyGrantsOrTakesAwayWhatTheyDoNotHoldThere() {
        User user = home.user("ada", null);
        UUID own = roles().bind(admin, Home.principal(user), Role.ADMINISTRATOR, BACKEND)
                .id();
        Caller ada = home.signIn("ada");
        User bob = home.user("bob", null);
        Principal target = Home.principal(bob);

        roles().bind(ada, target, Role.OPERATOR, BACKEND);
        assertRefused(() -> roles().bind(ada, target, Role.READONLY, OTHER), ErrorCode.DENIED);
        assertRefused(() -> roles().bind(ada, target, Role.READONLY, Scope.ROOT), ErrorCode.DENIED);
        assertRefused(() -> roles().bind(ada, Home.principal(user), Role.ADMINISTRATOR, Scope.ROOT), ErrorCode.DENIED);
        UUID everywhere = roles().bind(admin, target, Role.READONLY, Scope.ROOT).id();
        assertRefused(() -> roles().unbind(ada, everywhere), ErrorCode.DENIED);
        assertRefused(() -> roles().unbind(ada, new UUID(0, 0)), ErrorCode.DENIED);
        roles().unbind(ada, own);
        assertThat(home.audit("role-binding.create"))
                .filteredOn(
                        entry -> entry.actor().equals(ada.principal().toString()) && entry.outcome() == Outcome.DENIED)
                .isNotEmpty();
    }

    @Test
    void oneMaySeeOnesOwnBindingsAlone() {
        User user = home.user("ada", Role.READONLY);
        Caller ada = home.signIn("ada");

        assertThat(roles().bindings(ada, ada.principal(), PageRequest.first()).items())
                .extracting(RoleBinding::roleId)
                .containsExactly(Role.READONLY);
        assertRefused(() -> roles().bindings(ada, null, PageRequest.first()), ErrorCode.DENIED);
        assertRefused(() -> roles().bindings(ada, admin.principal(), PageRequest.first()), ErrorCode.DENIED);
        assertRefused(() -> roles().roles(ada), ErrorCode.DENIED);
        assertThat(roles().bindings(admin, null, new PageRequest(1, null)).total())
                .isEqualTo(2);
        assertThat(roles().bindings(admin, Home.principal(user), PageRequest.first())
                        .items())
                .extracting(RoleBinding::createdBy)
                .containsExactly("system:owner");
    }

    @Test
    void theLastAdministratorKeepsTheRole() {
        UUID own = roles().bindings(admin, admin.principal(), PageRequest.first())
                .items()
                .get(0)
                .id();
        assertRefused(() -> roles().unbind(admin, own), ErrorCode.CONFLICT, "LAST_ADMINISTRATOR");
        User ada = home.user("ada", Role.ADMINISTRATOR);
        roles().unbind(home.signIn("ada"), own);
        assertThat(access(admin).permissions()).isEmpty();
        UUID last = roles().bindings(home.owner(), Home.principal(ada), PageRequest.first())
                .items()
                .get(0)
                .id();
        assertRefused(() -> roles().unbind(home.owner(), last), ErrorCode.CONFLICT, "LAST_ADMINISTRATOR");
    }
}
