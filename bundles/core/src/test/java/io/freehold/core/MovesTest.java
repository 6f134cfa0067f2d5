package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.NewInstance;
import io.freehold.api.instance.Port;
import io.freehold.api.instance.Resources;
import io.freehold.api.operation.Operation;
import io.freehold.api.project.Quotas;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an instance was promised counts wherever it is moved. */
class MovesTest extends CoreTest {
    private final Port any = new Port(80, null, "tcp", null);
    private final Port another = new Port(81, null, "tcp", null);

    private static Quotas ports(long number) {
        return new Quotas(null, null, null, null, number, null);
    }

    private NewInstance wanted(String name, UUID project, Port... ports) {
        return new NewInstance(
                backend,
                name,
                Kind.CONTAINER,
                "fake/echo",
                project,
                Resources.UNLIMITED,
                List.of(ports),
                Map.of(),
                Map.of(),
                Map.of(),
                false);
    }

    private Instance create(String name, UUID project, Port... ports) {
        Operation done = house.end(house.instances().create(house.admin, wanted(name, project, ports), null));
        return house.instances().get(house.admin, done.instanceId());
    }

    private void isFull(UUID project) {
        assertThat(refusal(() -> house.instances().create(house.admin, wanted("more", project, any), null))
                        .reason())
                .isEqualTo("QUOTA_EXCEEDED");
    }

    @Test
    void portsThatShowNowhereYetCountInTheNextProjectToo() {
        Instance web = create("web", house.registry.project(ports(2)), any, another);
        UUID small = house.registry.project(ports(1));
        UUID large = house.registry.project(ports(2));

        assertThat(refusal(() -> house.instances().move(house.admin, web.id(), small))
                        .reason())
                .isEqualTo("QUOTA_EXCEEDED");
        house.instances().move(house.admin, web.id(), large);

        isFull(large);
    }

    @Test
    void aMoveThatFailsLeavesWhatWasPromised() {
        UUID from = house.registry.project(ports(2));
        Instance web = create("web", from, any, another);
        UUID to = house.registry.project(ports(2));
        house.transactions.refuse(true);
        assertThat(refusal(() -> house.instances().move(house.admin, web.id(), to))
                        .code())
                .isEqualTo(ErrorCode.UNAVAILABLE);
        house.transactions.refuse(false);

        isFull(from);
        create("other", to, any, another);
    }
}
