package io.freehold.security;

import static io.freehold.security.Refusals.assertInvalid;
import static io.freehold.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.PageRequest;
import io.freehold.api.project.NewProject;
import io.freehold.api.project.Project;
import io.freehold.api.project.ProjectService;
import io.freehold.api.project.Quotas;
import io.freehold.api.project.ScopeRegistry;
import io.freehold.api.security.Access;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Principal;
import io.freehold.api.security.Role;
import io.freehold.api.security.RoleBinding;
import io.freehold.api.security.RoleService;
import io.freehold.api.security.Scope;
import io.freehold.api.security.User;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProjectTest extends HomeTest {
    private static final Quotas SMALL = new Quotas(2L, 1L << 30, 1.5, 1L << 40, 10L, 0L);

    private Caller admin;

    @BeforeEach
    void setUp() {
        admin = home.admin();
    }

    private ProjectService projects() {
        return home.security().rbac().projects();
    }

    private ScopeRegistry registry() {
        return home.security().rbac().scopes();
    }

    private RoleService roles() {
        return home.security().roles();
    }

    private Access access(Caller caller) {
        return home.security().authorizer().access(caller);
    }

    private Project project(String name) {
        return projects().create(admin, new NewProject(name, null, SMALL));
    }

    private Caller member(String name, String role, Project project) {
        User user = home.user(name, null);
        roles().bind(admin, Home.principal(user), role, Scope.project(project.id()));
        return home.signIn(name);
    }

    private static NewProject wanted(Project project, String name, Quotas quotas) {
        return new NewProject(name, project.description(), quotas);
    }

    @Test
    void aProjectIsFoundAsItWasMade() {
        Project made = projects().create(admin, new NewProject(" Web ", "Sites", SMALL));

        assertThat(made.name()).isEqualTo("Web");
        assertThat(projects().get(admin, made.id())).isEqualTo(made);
        assertThat(projects().list(admin, PageRequest.first()).items()).containsExactly(made);
        assertThat(registry().quotas(made.id())).contains(SMALL);
        assertThat(registry().hold(made.id())).isTrue();
        assertThat(registry().quotas(new UUID(0, 1))).isEmpty();
        assertThat(registry().hold(new UUID(0, 1))).isFalse();
        Project second = projects().create(admin, new NewProject("second", null, Quotas.UNLIMITED));
        assertThat(projects().get(admin, second.id())).isEqualTo(second);
        var first = projects().list(admin, new PageRequest(1, null));
        assertThat(first.total()).isEqualTo(2);
        var rest = projects().list(admin, new PageRequest(1, first.nextCursor()));
        assertThat(List.of(first.items().get(0), rest.items().get(0))).containsExactlyInAnyOrder(made, second);
        assertThat(rest.nextCursor()).isNull();
        assertRefused(() -> project("WEB"), ErrorCode.CONFLICT, "NAME_TAKEN");
    }

    @Test
    void whatIsWrongWithAProjectIsNamed() {
        assertInvalid(() -> projects().create(admin, new NewProject("", null, SMALL)), "name");
        assertInvalid(() -> projects().create(admin, new NewProject("x", "x".repeat(1001), SMALL)), "description");
        Quotas wrong = new Quotas(-1L, -1L, Double.NaN, -1L, -1L, Long.MAX_VALUE);
        assertThat(Refusals.refusal(() -> projects().create(admin, new NewProject("x", null, wrong)))
                        .violations())
                .extracting("field")
                .containsExactlyInAnyOrder(
                        "quotas.instances",
                        "quotas.memoryBytes",
                        "quotas.cpus",
                        "quotas.diskBytes",
                        "quotas.ports",
                        "quotas.backups");
    }

    @Test
    void aProjectIsSeenByItsMembersAndWhoMayReadProjects() {
        Project web = project("web");
        Project other = project("other");
        Caller ada = member("ada", Role.USER, web);
        home.user("eve", Role.AUDITOR);
        home.user("bob", Role.USER);

        assertThat(projects().list(ada, PageRequest.first()).items()).containsExactly(web);
        assertThat(projects().get(ada, web.id())).isEqualTo(web);
        assertRefused(() -> projects().get(ada, other.id()), ErrorCode.NOT_FOUND);
        assertRefused(() -> projects().delete(ada, other.id()), ErrorCode.NOT_FOUND);
        assertRefused(() -> projects().delete(ada, web.id()), ErrorCode.DENIED);
        assertRefused(() -> projects().update(ada, web.id(), wanted(web, "x", SMALL), 1), ErrorCode.DENIED);
        assertRefused(() -> projects().create(ada, new NewProject("x", null, SMALL)), ErrorCode.DENIED);
        assertThat(projects().list(home.signIn("eve"), PageRequest.first()).items())
                .containsExactlyInAnyOrder(web, other);
        assertThat(projects().list(home.signIn("bob"), PageRequest.first()).items())
                .isEmpty();
    }

    @Test
    void itsOwnerChangesAProjectButNotItsQuotas() {
        Project web = project("web");
        Caller ada = member("ada", Role.PROJECT_OWNER, web);

        assertThat(projects()
                        .update(ada, web.id(), wanted(web, "shop", SMALL), 1)
                        .name())
                .isEqualTo("shop");
        assertRefused(
                () -> projects().update(ada, web.id(), wanted(web, "shop", Quotas.UNLIMITED), 2), ErrorCode.DENIED);
        assertRefused(() -> projects().update(admin, web.id(), wanted(web, "x", SMALL), 1), ErrorCode.STALE);
        assertThat(projects()
                        .update(admin, web.id(), wanted(web, "x", Quotas.UNLIMITED), 2)
                        .version())
                .isEqualTo(3);
        assertThat(registry().quotas(web.id())).contains(Quotas.UNLIMITED);
    }

    @Test
    void itsOwnerManagesMembersUpToWhatAnOwnerHolds() {
        Project web = project("web");
        Project other = project("other");
        Scope scope = Scope.project(web.id());
        Caller ada = member("ada", Role.PROJECT_OWNER, web);
        User bob = home.user("bob", null);
        Principal who = Home.principal(bob);

        roles().assign(ada, who, Role.USER, scope);
        assertThat(access(home.signIn("bob")).allows(Permissions.INSTANCE_START, List.of(scope)))
                .isTrue();
        RoleBinding changed = roles().assign(ada, who, Role.READONLY, scope);
        assertThat(roles().assign(ada, who, Role.READONLY, scope)).isEqualTo(changed);
        assertThat(access(home.signIn("bob")).allows(Permissions.INSTANCE_START, List.of(scope)))
                .isFalse();
        assertThat(roles().bindings(ada, null, scope, PageRequest.first()).items())
                .extracting(RoleBinding::roleId)
                .containsExactlyInAnyOrder(Role.PROJECT_OWNER, Role.READONLY);
        assertRefused(() -> roles().bindings(ada, null, PageRequest.first()), ErrorCode.DENIED);
        assertRefused(() -> roles().assign(ada, who, Role.ADMINISTRATOR, scope), ErrorCode.DENIED);
        assertRefused(() -> roles().assign(ada, who, Role.USER, Scope.project(other.id())), ErrorCode.DENIED);
        assertThat(roles().binding(ada, changed.id())).isEqualTo(changed);

        roles().release(ada, who, scope);
        assertThat(access(home.signIn("bob")).byScope()).isEmpty();
        assertRefused(() -> roles().release(ada, who, scope), ErrorCode.NOT_FOUND);
        RoleBinding mightier = roles().bind(admin, who, Role.ADMINISTRATOR, scope);
        assertRefused(() -> roles().release(ada, who, scope), ErrorCode.DENIED);
        assertRefused(() -> roles().assign(ada, who, Role.USER, scope), ErrorCode.DENIED);
        assertRefused(() -> roles().unbind(ada, mightier.id()), ErrorCode.DENIED);
    }

    @Test
    void whatIsBoundAtAProjectGoesWithIt() {
        Project web = project("web");
        Caller ada = member("ada", Role.PROJECT_OWNER, web);
        home.things.used.add(Scope.project(web.id()));
        assertRefused(() -> projects().delete(admin, web.id()), ErrorCode.CONFLICT, "PROJECT_NOT_EMPTY");
        assertThat(access(ada).byScope()).isNotEmpty();
        home.things.used.clear();

        projects().delete(admin, web.id());

        assertThat(access(ada).byScope()).isEmpty();
        assertRefused(() -> projects().get(admin, web.id()), ErrorCode.NOT_FOUND);
        assertThat(home.audit("role-binding.delete")).hasSize(1);
        assertThat(home.things.removed).containsExactly(Scope.project(web.id()));
        assertThat(home.audit("project.*")).hasSize(2);
    }

    @Test
    void whatIsBoundAtThingsGoesWithThem() {
        Scope instance = Scope.instance(new UUID(0, 1));
        Scope kept = Scope.backend(new UUID(0, 2));
        home.things.present.addAll(Set.of(instance, kept));
        User user = home.user("ada", null);
        roles().bind(admin, Home.principal(user), Role.USER, instance);
        roles().bind(admin, Home.principal(user), Role.USER, kept);
        Caller ada = home.signIn("ada");

        registry().removed(Caller.core("test"), List.of(instance));

        assertThat(access(ada).byScope()).containsOnlyKeys(kept);
        assertThat(home.audit("role-binding.delete")).extracting("actor").containsExactly("system:core");
    }

    @Test
    void whileNobodyKnowsWhatIsThereNothingIsBoundThereOrDeleted() {
        Project web = project("web");
        User user = home.user("ada", null);
        home.owners.clear();
        assertRefused(() -> projects().delete(admin, web.id()), ErrorCode.UNAVAILABLE);
        Scope backend = Scope.backend(new UUID(0, 1));
        assertRefused(() -> roles().bind(admin, Home.principal(user), Role.USER, backend), ErrorCode.UNAVAILABLE);
        roles().bind(admin, Home.principal(user), Role.USER, Scope.project(web.id()));
    }
}
