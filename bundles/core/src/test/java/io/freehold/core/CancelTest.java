package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.backend.Health;
import io.freehold.api.instance.Instance;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.Gate;
import org.junit.jupiter.api.Test;

/** What becomes of operations that somebody cancels. */
class CancelTest extends CoreTest {
    @Test
    void cancellingARunningOperationEndsItAtItsNextSafePoint() throws Exception {
        Gate gate = house.engine().holdNext(FakeCall.CREATE);
        Operation creating = house.instances().create(house.admin, house.wanted(backend, "web", true), null);
        reach(gate);

        assertThat(house.operations().cancel(house.admin, creating.id()).status())
                .isEqualTo(OperationStatus.CANCELLING);
        gate.release();

        Operation ended = house.end(creating);
        assertThat(ended.status()).isEqualTo(OperationStatus.CANCELLED);
        assertThat(ended.error()).isNull();
        assertThat(house.engine().instances()).isEmpty();
        assertThat(house.audit.entries()).contains("admin operation.cancel operations/" + creating.id() + " SUCCESS");
        assertThat(refusal(() -> house.operations().cancel(house.admin, creating.id()))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void aCancelIsStoredWhenItIsAnswered() throws Exception {
        Instance instance = house.create(backend, "web", false);
        Gate gate = house.engine().holdNext(FakeCall.START);
        Operation start = house.act(instance, "start");
        reach(gate);

        house.operations().cancel(house.admin, start.id());

        assertThat(house.storedStatus(start.id())).isEqualTo("CANCELLING");
        gate.release();
        house.end(start);
        assertThat(house.storedStatus(start.id())).isEqualTo("SUCCEEDED");
    }

    @Test
    void aCancelThatCannotBeStoredIsNeitherAnsweredNorRecorded() throws Exception {
        Instance instance = house.create(backend, "web", false);
        Gate gate = house.engine().holdNext(FakeCall.START);
        Operation start = house.act(instance, "start");
        reach(gate);
        house.transactions.refuse(true);

        assertThat(refusal(() -> house.operations().cancel(house.admin, start.id()))
                        .code())
                .isEqualTo(ErrorCode.UNAVAILABLE);

        assertThat(house.operations().get(house.admin, start.id()).status()).isEqualTo(OperationStatus.RUNNING);
        assertThat(house.audit.entries()).noneMatch(entry -> entry.contains("operation.cancel"));
        house.transactions.refuse(false);
        gate.release();
        house.end(start);
    }

    @Test
    void whatWaitsForItsProviderIsCancelledAtOnce() {
        Instance instance = house.create(backend, "web", false);
        house.core.providerRemoved(house.provider);
        Operation waiting = house.act(instance, "start");

        Operation cancelled = house.operations().cancel(house.admin, waiting.id());

        assertThat(cancelled.status()).isEqualTo(OperationStatus.CANCELLED);
        assertThat(house.end(waiting).status()).isEqualTo(OperationStatus.CANCELLED);
        house.core.providerAdded(house.provider, "1.0.1");
        await().until(() -> house.backend(backend).health().status() == Health.Status.UP);
        assertThat(house.end(house.act(instance, "start")).status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(house.engine().calls(FakeCall.START)).isEqualTo(1);
    }

    @Test
    void cancellingWhatOthersBeganTakesAPermission() throws Exception {
        Instance instance = house.create(backend, "web", false);
        Caller reader = house.grants.somebody("reader", Scope.ROOT, Permissions.INSTANCE_READ);
        Gate gate = house.engine().holdNext(FakeCall.START);
        Operation start = house.act(instance, "start");
        reach(gate);

        assertThat(refusal(() -> house.operations().cancel(reader, start.id())).code())
                .isEqualTo(ErrorCode.DENIED);
        house.grants.grant(reader, Scope.backend(backend), Permissions.OPERATION_CANCEL);
        assertThat(house.operations().cancel(reader, start.id()).status()).isEqualTo(OperationStatus.CANCELLING);

        gate.release();
        assertThat(house.end(start).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }
}
