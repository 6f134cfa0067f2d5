package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.State;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationStatus;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.Gate;
import org.junit.jupiter.api.Test;

/** Operations while the database does not take what is to be stored. */
class StoredOperationsTest extends CoreTest {
    @Test
    void nothingBeginsThatCannotBeStored() {
        Instance instance = house.create(backend, "web", false);
        house.transactions.refuse(true);
        assertThat(refusal(() -> house.act(instance, "start")).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        house.transactions.refuse(false);

        assertThat(house.engine().calls(FakeCall.START)).isZero();
        assertThat(house.end(house.act(instance, "start")).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void anEndThatCannotBeStoredIsNotToldUntilItIs() throws Exception {
        Instance instance = house.create(backend, "web", false);
        Gate gate = house.engine().holdNext(FakeCall.START);
        Operation start = house.act(instance, "start");
        reach(gate);
        house.transactions.refuse(true);
        gate.release();
        await().until(() -> house.named("web").state() == State.RUNNING);

        assertThat(house.operations().get(house.admin, start.id()).status().ended())
                .isFalse();
        house.transactions.refuse(false);

        assertThat(house.end(start).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void anEndThatCannotBeStoredByAFaultIsTriedAgain() throws Exception {
        Instance instance = house.create(backend, "web", false);
        Gate gate = house.engine().holdNext(FakeCall.START);
        Operation start = house.act(instance, "start");
        reach(gate);
        int before = house.transactions.refused();
        house.transactions.fault(true);
        gate.release();
        await().until(() -> house.transactions.refused() > before + 2);
        house.transactions.fault(false);

        assertThat(house.end(start).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void progressThatCouldNotBeStoredIsStoredLater() throws Exception {
        Gate gate = house.engine().holdAfterNext(FakeCall.CREATE);
        house.transactions.refuseAfterMyNextWrite();
        Operation creating = house.instances().create(house.admin, house.wanted(backend, "web", false), null);
        reach(gate);
        awaitRefusals(0);
        house.transactions.refuse(false);

        await().until(() -> house.stored("message", creating.id()).startsWith("Created"));
        gate.release();
        assertThat(house.end(creating).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }
}
