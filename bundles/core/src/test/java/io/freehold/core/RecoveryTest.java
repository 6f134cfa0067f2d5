package io.freehold.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.backend.Health;
import io.freehold.api.backend.NewBackend;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.State;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationStatus;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of operations that a crash interrupted at each point. */
class RecoveryTest extends CoreTest {
    @Test
    void whatTheEngineHadCreatedIsAdoptedAndStartedAndThereIsOne() throws Exception {
        Gate gate = house.engine().holdAfterNext(FakeCall.CREATE);
        Operation creating = house.instances().create(house.admin, house.wanted(backend, "web", true), null);
        reach(gate);

        house = house.crashAndRestart();

        Operation ended = house.end(creating);
        assertThat(ended.status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(house.engine().instances()).hasSize(1);
        assertThat(house.list()).singleElement().satisfies(instance -> {
            assertThat(instance.id()).isEqualTo(ended.instanceId());
            assertThat(instance.managed()).isTrue();
            assertThat(instance.state()).isEqualTo(State.RUNNING);
        });
        assertThat(house.audit.entries())
                .containsExactly("admin instance.create instances/" + ended.instanceId() + " SUCCESS");
    }

    @Test
    void theIdentityOfAnAdoptedInstanceOutlivesAnotherRestart() throws Exception {
        Gate gate = house.engine().holdAfterNext(FakeCall.CREATE);
        Operation creating = house.instances().create(house.admin, house.wanted(backend, "web", true), null);
        reach(gate);
        house = house.crashAndRestart();
        UUID id = house.end(creating).instanceId();

        house = house.crashAndRestart();

        await().until(() -> house.backend(backend).health().status() == Health.Status.UP);
        assertThat(house.instances().get(house.admin, id).managed()).isTrue();
    }

    @Test
    void aCreationThatNeverReachedTheEngineFailsAndIsNotRepeated() throws Exception {
        Gate gate = house.engine().holdNext(FakeCall.CREATE);
        Operation creating = house.instances().create(house.admin, house.wanted(backend, "web", true), null);
        reach(gate);

        house = house.crashAndRestart();

        Operation ended = house.end(creating);
        assertThat(ended.status()).isEqualTo(OperationStatus.FAILED);
        assertThat(ended.error().message()).contains("interrupted before the instance was created");
        assertThat(house.engine().instances()).isEmpty();
        assertThat(house.engine().calls(FakeCall.CREATE)).isEqualTo(1);
    }

    @Test
    void anActionThatTookEffectSucceededAndOneThatDidNotFailed() throws Exception {
        Instance web = house.create(backend, "web", true);
        Instance data = house.create(backend, "data", true);
        Gate after = house.engine().holdAfterNext(FakeCall.STOP);
        Operation stopped = house.act(web, "stop");
        reach(after);
        Gate before = house.engine().holdNext(FakeCall.STOP);
        Operation interrupted = house.act(data, "stop");
        reach(before);

        house = house.crashAndRestart();

        assertThat(house.end(stopped).status()).isEqualTo(OperationStatus.SUCCEEDED);
        Operation failed = house.end(interrupted);
        assertThat(failed.status()).isEqualTo(OperationStatus.FAILED);
        assertThat(failed.error().message()).contains("interrupted").contains("RUNNING");
        assertThat(house.end(house.act(data, "stop")).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void anInterruptedRestartIsNeverCalledASuccess() throws Exception {
        Instance web = house.create(backend, "web", true);
        Gate gate = house.engine().holdNext(FakeCall.RESTART);
        Operation restart = house.act(web, "restart");
        reach(gate);

        house = house.crashAndRestart();

        assertThat(house.end(restart).status()).isEqualTo(OperationStatus.FAILED);
    }

    @Test
    void aDeletionThatTookEffectSucceeded() throws Exception {
        Instance web = house.create(backend, "web", true);
        Gate gate = house.engine().holdAfterNext(FakeCall.DELETE);
        Operation deletion = house.instances().delete(house.admin, web.id(), null);
        reach(gate);

        house = house.crashAndRestart();

        assertThat(house.end(deletion).status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(house.list()).isEmpty();
    }

    @Test
    void whatABackendThatNeverAnswersDidIsCalledUnknown() throws Exception {
        Instance web = house.create(backend, "web", true);
        Gate gate = house.engine().holdNext(FakeCall.STOP);
        Operation stop = house.act(web, "stop");
        reach(gate);
        house.engine().breakConnection();

        house = house.crashAndRestart();

        Operation failed = house.end(stop);
        assertThat(failed.status()).isEqualTo(OperationStatus.FAILED);
        assertThat(failed.error().code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failed.error().message()).contains("outcome is unknown");
    }

    @Test
    void whatACrashInterruptedHoldsItsInstanceUntilItIsDecided() throws Exception {
        Instance web = house.create(backend, "web", true);
        Gate gate = house.engine().holdNext(FakeCall.STOP);
        Operation stop = house.act(web, "stop");
        reach(gate);
        Gate opening = house.engine().holdNext(FakeCall.OPEN);
        house = house.crashAndRestart();
        reach(opening);

        assertThat(Refusals.refusal(() -> house.act(web, "start")).reason()).isEqualTo("INSTANCE_BUSY");

        opening.release();
        assertThat(house.end(stop).status().ended()).isTrue();
        assertThat(house.end(house.act(web, "stop")).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void instancesAreListedAsLastKnownWhileTheirBackendIsDown() {
        Instance web = house.create(backend, "web", true);
        await().until(() -> house.transactions.<Boolean>read(connection -> connection
                .createStatement()
                .executeQuery("SELECT 1 FROM core_instances WHERE observed LIKE '%RUNNING%'")
                .next()));
        house.engine().breakConnection();

        house = house.crashAndRestart();

        assertThat(house.list()).singleElement().satisfies(instance -> {
            assertThat(instance.id()).isEqualTo(web.id());
            assertThat(instance.state()).isEqualTo(State.RUNNING);
            assertThat(instance.stale()).isTrue();
            assertThat(instance.actions()).isEmpty();
            assertThat(instance.managed()).isTrue();
        });
        house.engine().repairConnection();
        await().untilAsserted(() ->
                assertThat(house.instances().get(house.admin, web.id()).stale()).isFalse());
    }

    @Test
    void whatBecameOfAnInterruptedRestartIsSaidAsFarAsItIsKnown() throws Exception {
        Instance web = house.create(backend, "web", true);
        Gate gate = house.engine().holdAfterNext(FakeCall.RESTART);
        Operation restart = house.act(web, "restart");
        reach(gate);

        house = house.crashAndRestart();

        assertThat(house.end(restart).error().message()).contains("cannot be told", "RUNNING now");
    }

    @Test
    void whatWasInterruptedEndsAlsoWhereThereAreTooFewThreadsForAll() throws Exception {
        List<Operation> creations = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String engine = "engine" + i;
            UUID id = house.backends()
                    .create(house.admin, new NewBackend("fake", engine, Map.of("engine", engine)))
                    .id();
            Gate gate = house.provider.engine(engine).holdNext(FakeCall.CREATE);
            creations.add(house.instances().create(house.admin, house.wanted(id, "web", false), null));
            reach(gate);
        }

        house = house.crashAndRestart(3);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(creations)
                .allSatisfy(creation ->
                        assertThat(house.storedStatus(creation.id())).isEqualTo("FAILED")));
    }

    @Test
    void aCreationNamesItsInstanceFromAcceptanceOnAlsoAfterACrash() throws Exception {
        Gate gate = house.engine().holdAfterNext(FakeCall.CREATE);
        Operation creating = house.instances().create(house.admin, house.wanted(backend, "web", true), null);
        reach(gate);
        assertThat(creating.instanceId()).isNotNull();

        house = house.crashAndRestart();

        assertThat(house.operations().get(house.admin, creating.id()).instanceId())
                .isEqualTo(creating.instanceId());
        assertThat(house.end(creating).instanceId()).isEqualTo(creating.instanceId());
        assertThat(house.list()).extracting(Instance::id).containsExactly(creating.instanceId());
    }

    @Test
    void aCreationThatTimedOutHereAndWasDoneThereGetsTheIdThatItWasPromised() throws Exception {
        house.engine().silent(true);
        Gate gate = house.engine().holdAfterNext(FakeCall.CREATE);
        Operation failed = house.end(house.instances().create(house.admin, house.wanted(backend, "web", true), null));
        assertThat(failed.error().code()).isEqualTo(ErrorCode.TIMEOUT);
        gate.release();

        house = house.crashAndRestart();

        await().untilAsserted(() -> assertThat(house.list()).singleElement().satisfies(instance -> {
            assertThat(instance.id()).isEqualTo(failed.instanceId());
            assertThat(instance.managed()).isTrue();
        }));
    }
}
