package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.backend.Health;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.NewInstance;
import io.freehold.api.instance.Resources;
import io.freehold.api.instance.State;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationQuery;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.Gate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
    void aClockThatIsSetBackMakesNoDeadlineLater() throws Exception {
        AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
        house.close();
        house = new House(house.url, house.provider, House.QUICK, movable(offset), 1024);
        await().until(() -> house.backends().get(house.admin, backend).health().status() == Health.Status.UP);
        Gate making = house.engine().holdNext(FakeCall.CREATE);
        Operation creating = house.instances().create(house.admin, house.wanted(backend, "web", true), null);
        reach(making);
        offset.set(Duration.ofHours(-2));
        house.engine().holdNext(FakeCall.START);
        making.release();
        assertThat(house.end(creating).error().code()).isEqualTo(ErrorCode.TIMEOUT);
    }

    private static Clock movable(AtomicReference<Duration> offset) {
        return new Clock() {
            @Override
            public Instant instant() {
                return Instant.now().plus(offset.get());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

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
    void oneKeyMakesOneOperation() {
        Operation first = house.instances().create(house.admin, house.wanted(backend, "web", true), "key");
        Operation again = house.instances().create(house.admin, house.wanted(backend, "web", true), "key");
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(house.end(first).status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(house.instances()
                        .create(house.admin, house.wanted(backend, "web", true), "key")
                        .id())
                .isEqualTo(first.id());
        assertThat(house.engine().calls(FakeCall.CREATE)).isEqualTo(1);

        assertThat(refusal(() -> house.instances().create(house.admin, house.wanted(backend, "other", true), "key"))
                        .reason())
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
        Caller other = house.grants.administrator();
        assertThat(house.instances()
                        .create(other, house.wanted(backend, "other", true), "key")
                        .id())
                .isNotEqualTo(first.id());
    }

    @Test
    void oneKeyMakesOneOperationWhenRequestsComeTogether() throws Exception {
        List<CompletableFuture<UUID>> requests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            requests.add(CompletableFuture.supplyAsync(() -> house.instances()
                    .create(house.admin, house.wanted(backend, "web", true), "key")
                    .id()));
        }
        CompletableFuture.allOf(requests.toArray(new CompletableFuture<?>[0])).get(5, TimeUnit.SECONDS);

        assertThat(requests.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }

    @Test
    void aRepeatedDeletionAnswersTheFirstEvenOnceTheInstanceIsGone() {
        Instance instance = house.create(backend, "web", false);
        Operation deletion = house.end(house.instances().delete(house.admin, instance.id(), "key"));

        assertThat(house.instances().delete(house.admin, instance.id(), "key")).isEqualTo(deletion);
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
    void moreOperationsThanABackendTakesAtOnceWaitTheirTurn() {
        List<Operation> creations = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            creations.add(house.instances().create(house.admin, house.wanted(backend, "web" + i, true), null));
        }

        assertThat(creations)
                .allSatisfy(creation -> assertThat(house.end(creation).status()).isEqualTo(OperationStatus.SUCCEEDED));
        assertThat(house.list()).hasSize(30);
    }

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
        house.transactions.refuseAfterNextWrite();
        Operation creating = house.instances().create(house.admin, house.wanted(backend, "web", false), null);
        reach(gate);
        awaitRefusals(0);
        house.transactions.refuse(false);

        await().until(() -> house.stored("message", creating.id()).startsWith("Created"));
        gate.release();
        assertThat(house.end(creating).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }
}
