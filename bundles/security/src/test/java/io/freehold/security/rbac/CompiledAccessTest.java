package io.freehold.security.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Role;
import io.freehold.api.security.Scope;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who holds as much as another; the built-in roles alone cannot show all of it. */
class CompiledAccessTest {
    private static final Scope PROJECT = Scope.project(new UUID(0, 1));
    private static final Scope OTHER = Scope.project(new UUID(0, 2));

    private static CompiledAccess access(Scope scope, Permission... permissions) {
        Role role = new Role("custom", "custom", Set.of(permissions), false, 1);
        return CompiledAccess.of(List.of(new CompiledAccess.Grant(role, scope, Set.of())), 1);
    }

    @Test
    void everybodyHoldsAsMuchAsNobodyAndAsThemselves() {
        CompiledAccess some = access(PROJECT, Permissions.USER_UPDATE);
        assertThat(some.covers(some)).isTrue();
        assertThat(some.covers(CompiledAccess.NOTHING)).isTrue();
        assertThat(CompiledAccess.NOTHING.covers(some)).isFalse();
    }

    @Test
    void onePermissionLessIsLess() {
        CompiledAccess manager = access(Scope.ROOT, Permissions.USER_UPDATE);
        CompiledAccess operator = access(Scope.ROOT, Permissions.USER_UPDATE, Permissions.INSTANCE_START);
        assertThat(operator.covers(manager)).isTrue();
        assertThat(manager.covers(operator)).isFalse();
    }

    @Test
    void whatIsHeldEverywhereIsMoreThanWhatIsHeldSomewhere() {
        CompiledAccess everywhere = access(Scope.ROOT, Permissions.INSTANCE_START);
        CompiledAccess somewhere = access(PROJECT, Permissions.INSTANCE_START);
        assertThat(everywhere.covers(somewhere)).isTrue();
        assertThat(somewhere.covers(everywhere)).isFalse();
        assertThat(somewhere.covers(access(OTHER, Permissions.INSTANCE_START))).isFalse();
    }

    @Test
    void nobodyHoldsAsMuchAsTheOwnerOfTheDataFolder() {
        CompiledAccess administrator = access(Scope.ROOT, Permissions.ALL.toArray(Permission[]::new));
        assertThat(CompiledAccess.EVERYTHING.covers(administrator)).isTrue();
        assertThat(administrator.covers(CompiledAccess.EVERYTHING)).isFalse();
    }

    @Test
    void aRoleIsHeldWhereEachOfItsPermissionsIs() {
        CompiledAccess access = access(PROJECT, Permissions.INSTANCE_START, Permissions.INSTANCE_STOP);
        assertThat(access.covers(Set.of(Permissions.INSTANCE_START), PROJECT)).isTrue();
        assertThat(access.covers(Set.of(Permissions.INSTANCE_START), OTHER)).isFalse();
        assertThat(access.covers(Set.of(Permissions.INSTANCE_START, Permissions.INSTANCE_KILL), PROJECT))
                .isFalse();
        assertThat(access.covers(Set.of(Permissions.INSTANCE_START), Scope.ROOT))
                .isFalse();
    }
}
