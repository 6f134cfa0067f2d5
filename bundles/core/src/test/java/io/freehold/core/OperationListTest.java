package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.instance.Instance;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationQuery;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which operations are listed, to whom, and what they say. */
class OperationListTest extends CoreTest {
    @Test
    void operationsAreListedNewestFirstAndByFilter() {
        Instance instance = house.create(backend, "web", false);
        List<UUID> ids = new ArrayList<>();
        for (String action : List.of("start", "stop", "start", "stop")) {
            ids.add(0, house.end(house.act(instance, action)).id());
        }

        Page<Operation> first =
                house.operations().list(house.admin, new OperationQuery(null, null, null, new PageRequest(2, null)));
        Page<Operation> second = house.operations()
                .list(house.admin, new OperationQuery(null, null, null, new PageRequest(2, first.nextCursor())));

        assertThat(first.total()).isEqualTo(5);
        List<UUID> listed = new ArrayList<>();
        first.items().forEach(operation -> listed.add(operation.id()));
        second.items().forEach(operation -> listed.add(operation.id()));
        assertThat(listed).containsExactlyElementsOf(ids);
        assertThat(house.operations()
                        .list(
                                house.admin,
                                new OperationQuery(
                                        instance.id(), OperationStatus.SUCCEEDED, "stop", PageRequest.first()))
                        .total())
                .isEqualTo(2);
    }

    @Test
    void aCallerSeesItsOwnOperationsAndThoseOnInstancesThatItSees() {
        Instance mine = house.create(backend, "mine", false);
        Instance other = house.create(backend, "other", false);
        Caller user = house.grants.somebody(
                "user", Scope.instance(mine.id()), Permissions.INSTANCE_READ, Permissions.INSTANCE_START);
        Operation visible = house.end(house.act(mine, "start"));
        Operation hidden = house.end(house.act(other, "start"));

        assertThat(house.operations().get(user, visible.id())).isEqualTo(visible);
        assertThat(refusal(() -> house.operations().get(user, hidden.id())).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(house.operations()
                        .list(user, new OperationQuery(null, null, null, PageRequest.first()))
                        .items())
                .extracting(Operation::id)
                .contains(visible.id())
                .doesNotContain(hidden.id());
    }

    @Test
    void aCreationNamesItsInstanceFromAcceptanceOnAndIsFoundByIt() throws Exception {
        Gate gate = house.engine().holdNext(FakeCall.CREATE);
        Caller creator = house.grants.somebody("creator", Scope.backend(backend), Permissions.INSTANCE_CREATE);
        Caller reader = house.grants.somebody("reader", Scope.backend(backend), Permissions.INSTANCE_READ);
        Caller stranger =
                house.grants.somebody("stranger", Scope.backend(UUID.randomUUID()), Permissions.INSTANCE_READ);
        Operation creating = house.instances().create(creator, house.wanted(backend, "web", true), null);
        reach(gate);

        UUID instance = creating.instanceId();
        assertThat(instance).isNotNull();
        assertThat(refusal(() -> house.instances().get(house.admin, instance)).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        OperationQuery query = new OperationQuery(instance, null, null, PageRequest.first());
        assertThat(List.of(house.admin, creator, reader)).allSatisfy(caller -> {
            assertThat(house.operations().list(caller, query).items())
                    .extracting(Operation::id)
                    .containsExactly(creating.id());
            assertThat(house.operations().get(caller, creating.id()).instanceId())
                    .isEqualTo(instance);
        });
        assertThat(house.operations().list(stranger, query).items()).isEmpty();

        gate.release();
        assertThat(house.end(creating).instanceId()).isEqualTo(instance);
        assertThat(house.named("web").id()).isEqualTo(instance);
    }

    @Test
    void whatHasEndedNoLongerSaysWhatItIsDoing() throws Exception {
        house.engine().failNext(FakeCall.START, new ProviderException(ErrorCode.CONFLICT, "The port is taken."));

        assertThat(house.end(house.instances().create(house.admin, house.wanted(backend, "web", true), null))
                        .message())
                .isEmpty();
        assertThat(house.end(house.instances().create(house.admin, house.wanted(backend, "data", true), null))
                        .message())
                .isEmpty();
    }
}
