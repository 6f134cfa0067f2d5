package io.freehold.rest.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.instance.Instance;
import io.freehold.api.instance.State;
import io.freehold.api.security.Access;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.rest.memory.Memory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeptTest {
    private final Memory memory = new Memory();

    /** Somebody who may do everything in one project. */
    private record Member(Scope project) implements Access {
        @Override
        public boolean allows(Permission permission) {
            return false;
        }

        @Override
        public boolean allows(Permission permission, List<Scope> scopes) {
            return scopes.contains(project);
        }

        @Override
        public boolean allowsSomewhere(Permission permission) {
            return true;
        }

        @Override
        public Set<Permission> permissions() {
            return Set.of();
        }

        @Override
        public Map<Scope, Set<Permission>> byScope() {
            return Map.of(project, Set.copyOf(Permissions.ALL));
        }

        @Override
        public long revision() {
            return 1;
        }
    }

    @Test
    void whatIsOpenIsLostWhenTheInstanceIsGivenToAnotherProject() {
        UUID mine = UUID.randomUUID();
        UUID id = memory.instances.add("web", State.RUNNING).id();
        Instance opened = memory.instances.move(memory.security.caller(Memory.ADMIN), id, mine);
        Kept kept = new Kept(Permissions.INSTANCE_CONSOLE, opened, memory.instances);
        Member member = new Member(Scope.project(mine));
        assertThat(kept.test(member)).isTrue();

        memory.instances.move(memory.security.caller(Memory.ADMIN), id, UUID.randomUUID());

        assertThat(kept.test(member)).isFalse();
    }

    @Test
    void whatIsOpenOfAnInstanceThatIsGoneEndsWithThatAndNotForWantOfPermission() {
        UUID mine = UUID.randomUUID();
        Instance web = memory.instances.add("web", State.RUNNING);
        Instance opened = memory.instances.move(memory.security.caller(Memory.ADMIN), web.id(), mine);
        memory.instances.remove(web.id());
        assertThat(new Kept(Permissions.INSTANCE_CONSOLE, opened, memory.instances)
                        .test(new Member(Scope.project(mine))))
                .isTrue();
    }
}
