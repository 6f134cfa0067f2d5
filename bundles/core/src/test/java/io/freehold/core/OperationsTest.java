package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.NewInstance;
import io.freehold.api.instance.Resources;
import io.freehold.api.instance.State;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.provider.ProviderException;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OperationsTest extends CoreTest {
    @Test
    void creatingMakesStartsAndShowsAnInstanceThatIsFreeholdsOwn() {
        Operation created = house.end(house.instances().create(house.admin, house.wanted(backend, "web", true), null));

        assertThat(created.status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(created.progress()).isEqualTo(100);
        Instance instance = house.instances().get(house.admin, created.instanceId());
        assertThat(instance.name()).isEqualTo("web");
        assertThat(instance.state()).isEqualTo(State.RUNNING);
        assertThat(instance.managed()).isTrue();
        assertThat(instance.actions()).containsExactly("stop", "restart", "kill", "pause", "delete");
        assertThat(house.audit.entries())
                .containsSubsequence(
                        "admin instance.create instances/" + instance.id() + " INTENT",
                        "admin instance.create instances/" + instance.id() + " SUCCESS");
    }

    @Test
    void theInventoryIsRightWhenAnActionHasEnded() {
        house.engine().silent(true);
        Instance instance = house.create(backend, "web", false);

        for (Map.Entry<String, State> step : List.of(
                Map.entry("start", State.RUNNING),
                Map.entry("pause", State.PAUSED),
                Map.entry("resume", State.RUNNING),
                Map.entry("restart", State.RUNNING),
                Map.entry("stop", State.STOPPED),
                Map.entry("start", State.RUNNING),
                Map.entry("kill", State.STOPPED))) {
            assertThat(house.end(house.act(instance, step.getKey())).status())
                    .as(step.getKey())
                    .isEqualTo(OperationStatus.SUCCEEDED);
            assertThat(house.instances().get(house.admin, instance.id()).state())
                    .as(step.getKey())
                    .isEqualTo(step.getValue());
        }

        Operation deleted = house.end(house.instances().delete(house.admin, instance.id(), null));
        assertThat(deleted.status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(refusal(() -> house.instances().get(house.admin, instance.id()))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void anInstanceThatDoesNotStartStaysAndTheOperationSaysWhy() {
        house.engine().failNext(FakeCall.START, new ProviderException(ErrorCode.CONFLICT, "The port is taken."));

        Operation failed = house.end(house.instances().create(house.admin, house.wanted(backend, "web", true), null));

        assertThat(failed.status()).isEqualTo(OperationStatus.FAILED);
        assertThat(failed.error()).isEqualTo(new Operation.OperationError(ErrorCode.CONFLICT, "The port is taken."));
        assertThat(house.instances().get(house.admin, failed.instanceId()).state())
                .isEqualTo(State.STOPPED);
        assertThat(house.audit.entries()).last().asString().endsWith("FAILURE");
    }

    @Test
    void aCreationThatFailsLeavesNothing() {
        Operation failed = house.end(house.instances()
                .create(
                        house.admin,
                        new NewInstance(
                                backend,
                                "web",
                                Kind.CONTAINER,
                                "missing/image",
                                null,
                                Resources.UNLIMITED,
                                List.of(),
                                Map.of(),
                                Map.of(),
                                Map.of(),
                                true),
                        null));

        assertThat(failed.status()).isEqualTo(OperationStatus.FAILED);
        assertThat(failed.error().code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failed.instanceId()).isNotNull();
        assertThat(refusal(() -> house.instances().get(house.admin, failed.instanceId()))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(house.list()).isEmpty();
    }

    @Test
    void ofTwoStartsAtOnceOneIsToldThatTheInstanceIsBusy() throws Exception {
        Instance instance = house.create(backend, "web", false);
        Gate gate = house.engine().holdNext(FakeCall.START);
        ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Operation>> starts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            starts.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return house.act(instance, "start");
                } catch (FreeholdException e) {
                    refusals.add(e.code() + " " + e.reason());
                    return null;
                }
            }));
        }

        CompletableFuture.allOf(starts.toArray(new CompletableFuture<?>[0])).get(5, TimeUnit.SECONDS);
        gate.release();

        assertThat(refusals).hasSize(7).containsOnly("CONFLICT INSTANCE_BUSY");
        Operation winner = starts.stream()
                .map(CompletableFuture::join)
                .filter(o -> o != null)
                .findFirst()
                .orElseThrow();
        assertThat(house.end(winner).status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(house.engine().calls(FakeCall.START)).isEqualTo(1);
        assertThat(house.end(house.act(instance, "stop")).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void killPassesWhatRunsOnTheInstance() throws Exception {
        Instance instance = house.create(backend, "web", true);
        Gate gate = house.engine().holdNext(FakeCall.STOP);
        Operation stop = house.act(instance, "stop");
        reach(gate);

        assertThat(house.end(house.act(instance, "kill")).status()).isEqualTo(OperationStatus.SUCCEEDED);

        assertThat(house.operations().get(house.admin, stop.id()).status()).isEqualTo(OperationStatus.RUNNING);
        gate.release();
        assertThat(house.end(stop).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void aCallThatHangsEndsTheOperationAtItsDeadlineAndFreesTheInstance() {
        Instance instance = house.create(backend, "web", false);
        house.engine().holdNext(FakeCall.START);

        Operation failed = house.end(house.act(instance, "start"));

        assertThat(failed.status()).isEqualTo(OperationStatus.FAILED);
        assertThat(failed.error().code()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(house.end(house.act(instance, "start")).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void operationsWaitWhileAProviderIsReplaced() {
        Instance instance = house.create(backend, "web", false);
        house.core.providerRemoved(house.provider);

        Operation waiting = house.act(instance, "start");
        assertThat(waiting.status()).isEqualTo(OperationStatus.PENDING);
        house.core.providerAdded(house.provider, "1.0.1");

        assertThat(house.end(waiting).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void anOperationWhoseProviderStaysAwayFailsSayingThatNothingWasDone() {
        Instance instance = house.create(backend, "web", false);
        house.core.providerRemoved(house.provider);

        Operation failed = house.end(house.act(instance, "start"));

        assertThat(failed.status()).isEqualTo(OperationStatus.FAILED);
        assertThat(failed.error().code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failed.error().message()).contains("nothing was done");
        assertThat(refusal(() -> house.act(instance, "start")).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void waitingEndsWithThePatienceOfWhoWaits() throws Exception {
        Instance instance = house.create(backend, "web", false);
        Gate gate = house.engine().holdNext(FakeCall.START);
        Operation start = house.act(instance, "start");

        Operation answer = house.operations()
                .await(house.admin, start.id(), Duration.ofMillis(50))
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);

        assertThat(answer.status().ended()).isFalse();
        gate.release();
        assertThat(house.end(start).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void moreOperationsThanABackendTakesAtOnceWaitTheirTurn() {
        List<Operation> creations = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            creations.add(house.instances().create(house.admin, house.wanted(backend, "web" + i, true), null));
        }

        assertThat(creations)
                .allSatisfy(creation -> assertThat(house.end(creation).status()).isEqualTo(OperationStatus.SUCCEEDED));
        assertThat(house.list()).hasSize(30);
    }
}
