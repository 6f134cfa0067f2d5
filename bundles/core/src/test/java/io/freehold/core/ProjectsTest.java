package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.PageRequest;
import io.freehold.api.Subscription;
import io.freehold.api.Violation;
import io.freehold.api.backend.NewBackend;
import io.freehold.api.backend.RegisteredBackend;
import io.freehold.api.event.Event;
import io.freehold.api.event.EventListener;
import io.freehold.api.event.EventType;
import io.freehold.api.event.Position;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.InstanceQuery;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.NewInstance;
import io.freehold.api.instance.Port;
import io.freehold.api.instance.Resources;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationQuery;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.project.Quotas;
import io.freehold.api.project.ScopeOwner;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProjectsTest extends CoreTest {
    private static final Resources SMALL = new Resources(0.1, 100L, null);

    private static final Permission[] USER = {
        Permissions.INSTANCE_READ,
        Permissions.INSTANCE_OBSERVE,
        Permissions.INSTANCE_CONSOLE,
        Permissions.INSTANCE_CREATE,
        Permissions.INSTANCE_STOP,
        Permissions.INSTANCE_DELETE
    };

    private static Quotas instances(long number) {
        return new Quotas(number, null, null, null, null, null);
    }

    private NewInstance wanted(String name, @Nullable UUID project, Resources resources, Port... ports) {
        return new NewInstance(
                backend,
                name,
                Kind.CONTAINER,
                "fake/echo",
                project,
                resources,
                List.of(ports),
                Map.of(),
                Map.of(),
                Map.of(),
                true);
    }

    private Operation begin(Caller caller, String name, @Nullable UUID project) {
        return house.instances().create(caller, wanted(name, project, SMALL), null);
    }

    private Instance create(String name, @Nullable UUID project) {
        Operation done = house.end(begin(house.admin, name, project));
        assertThat(done.status()).isEqualTo(OperationStatus.SUCCEEDED);
        return house.instances().get(house.admin, done.instanceId());
    }

    private void isFull(NewInstance wanted, String what) {
        FreeholdException refusal = refusal(() -> house.instances().create(house.admin, wanted, null));
        assertThat(refusal.reason()).isEqualTo("QUOTA_EXCEEDED");
        assertThat(refusal.getMessage()).contains(what);
    }

    private ScopeOwner scopes() {
        return house.core.services().scopes();
    }

    @Test
    void cve2026x5652MembersSeeAndActOnTheirProjectsInstancesAlone() {
        UUID mine = house.registry.project(Quotas.UNLIMITED);
        UUID theirs = house.registry.project(Quotas.UNLIMITED);
        Caller member = house.grants.somebody("member", Scope.project(mine), USER);
        Instance web = create("web", mine);
        Instance other = create("other", theirs);

        assertThat(house.instances().list(member, InstanceQuery.all()).items()).containsExactly(web);
        assertThat(house.end(house.instances().act(member, web.id(), "stop", Map.of(), null))
                        .status())
                .isEqualTo(OperationStatus.SUCCEEDED);
        List<Runnable> hidden = List.of(
                () -> house.instances().get(member, other.id()),
                () -> house.instances().act(member, other.id(), "stop", Map.of(), null),
                () -> house.instances().delete(member, other.id(), null),
                () -> house.instances().move(member, other.id(), mine),
                () -> house.streams().logs(member, other.id(), 10),
                () -> house.streams().stats(member, other.id()),
                () -> house.streams().requireConsole(member, other.id()),
                () -> begin(member, "sneaky", theirs),
                () -> begin(member, "loose", null));
        for (Runnable attempt : hidden) {
            assertThat(refusal(attempt::run).code()).isEqualTo(ErrorCode.NOT_FOUND);
        }
        assertThat(house.operations()
                        .list(member, new OperationQuery(null, null, null, PageRequest.first()))
                        .items())
                .isNotEmpty()
                .allMatch(operation -> web.id().equals(operation.instanceId()));
    }

    @Test
    void cve2026x26016WhatIsBoundAtOneBackendReachesNothingOfAnother() {
        house.provider.engine("other");
        UUID other = house.backends()
                .create(house.admin, new NewBackend("fake", "other", Map.of("engine", "other")))
                .id();
        Instance web = create("web", null);
        Caller stranger = house.grants.somebody("stranger", Scope.backend(other), USER);
        house.grants.grant(stranger, Scope.backend(other), Permissions.BACKEND_READ, Permissions.BACKEND_DELETE);
        List<Runnable> hidden = List.of(
                () -> house.instances().get(stranger, web.id()),
                () -> house.instances().act(stranger, web.id(), "stop", Map.of(), null),
                () -> house.instances().delete(stranger, web.id(), null),
                () -> house.streams().logs(stranger, web.id(), 10),
                () -> house.streams().requireConsole(stranger, web.id()),
                () -> house.backends().get(stranger, backend),
                () -> house.backends().delete(stranger, backend),
                () -> begin(stranger, "sneaky", null));
        for (Runnable attempt : hidden) {
            assertThat(refusal(attempt::run).code()).isEqualTo(ErrorCode.NOT_FOUND);
        }
        assertThat(house.backends().list(stranger, PageRequest.first()).items())
                .extracting(RegisteredBackend::id)
                .containsExactly(other);
    }

    @Test
    void whoSeesAProjectButMayNotCreateThereIsTold() {
        UUID project = house.registry.project(Quotas.UNLIMITED);
        Caller reader = house.grants.somebody("reader", Scope.project(project), Permissions.INSTANCE_READ);
        assertThat(refusal(() -> begin(reader, "web", project)).code()).isEqualTo(ErrorCode.DENIED);
        house.grants.grant(reader, Scope.project(UUID.randomUUID()), Permissions.INSTANCE_CREATE);
        assertThat(refusal(() -> begin(reader, "web", project)).code()).isEqualTo(ErrorCode.DENIED);
        // Of a backend's own the backend's holder may make, but not for somebody else's project.
        Caller operator = house.grants.somebody("operator", Scope.backend(backend), USER);
        assertThat(refusal(() -> begin(operator, "web", project)).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(house.end(begin(operator, "web", null)).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void whatReachesTheHostIsNotAProjectsToAllow() {
        UUID project = house.registry.project(Quotas.UNLIMITED);
        Caller chief = house.grants.somebody("chief", Scope.project(project), USER);
        house.grants.grant(chief, Scope.project(project), Permissions.INSTANCE_HOST_ACCESS);
        NewInstance plain = wanted("web", project, SMALL);
        NewInstance reaching = new NewInstance(
                backend,
                "web",
                plain.kind(),
                plain.template(),
                project,
                SMALL,
                List.of(),
                Map.of(),
                Map.of(),
                Map.of("hostFolder", "/srv"),
                true);
        assertThat(refusal(() -> house.instances().create(chief, reaching, null))
                        .code())
                .isEqualTo(ErrorCode.DENIED);
        house.grants.grant(chief, Scope.backend(backend), Permissions.INSTANCE_HOST_ACCESS);
        assertThat(house.end(house.instances().create(chief, reaching, null)).status())
                .isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void aProjectThatIsNotThereTakesNothing() {
        FreeholdException refusal = refusal(() -> begin(house.admin, "web", UUID.randomUUID()));
        assertThat(refusal.violations()).extracting(Violation::field).containsExactly("projectId");
    }

    @Test
    void aQuotaLetsInWhatFitsAndNothingMore() {
        UUID project = house.registry.project(instances(2));
        create("one", project);
        Instance two = create("two", project);
        isFull(wanted("three", project, SMALL), "instances is 2, and 2 are in use");
        create("elsewhere", null);

        house.end(house.instances().delete(house.admin, two.id(), null));

        create("three", project);
    }

    @Test
    void everyResourceIsCountedExactly() {
        UUID project = house.registry.project(new Quotas(null, 250L, 0.3, null, 2L, null));
        Port web = new Port(80, 8080, "tcp", null);
        Port any = new Port(81, null, "tcp", null);
        Operation first = house.end(house.instances().create(house.admin, wanted("one", project, SMALL, web), null));
        assertThat(first.status()).isEqualTo(OperationStatus.SUCCEEDED);
        isFull(wanted("two", project, new Resources(0.1, 151L, null)), "memoryBytes");
        isFull(wanted("two", project, new Resources(0.21, 100L, null)), "cpus");
        isFull(wanted("two", project, SMALL, any, web), "ports");
        Resources rest = new Resources(0.2, 150L, null);
        assertThat(house.end(house.instances().create(house.admin, wanted("two", project, rest, any), null))
                        .status())
                .isEqualTo(OperationStatus.SUCCEEDED);
        isFull(wanted("three", project, new Resources(0.01, 1L, null)), "cpus is 0.3, and 0.3 are in use");
        // A port that is any free one shows nowhere while nothing runs, and counts all the same.
        house = house.crashAndRestart();
        house.registry.projects.put(project, new Quotas(null, null, null, null, 2L, null));
        await().until(() -> !house.named("two").stale());
        isFull(wanted("three", project, SMALL, any), "ports is 2, and 2 are in use");
    }

    @Test
    void whatHasAQuotaNeedsALimit() {
        UUID project = house.registry.project(new Quotas(null, 1000L, 1.0, 1000L, null, null));
        FreeholdException refusal =
                refusal(() -> house.instances().create(house.admin, wanted("web", project, Resources.UNLIMITED), null));
        assertThat(refusal.violations())
                .extracting(Violation::field)
                .containsExactly("resources.cpus", "resources.memoryBytes", "resources.diskBytes");
    }

    @Test
    void cve2025x69198OfManyCreationsAtOnceNoMoreThanFitAreLetIn() throws Exception {
        UUID project = house.registry.project(instances(3));
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            List<Callable<Boolean>> attempts = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String name = "n" + i;
                attempts.add(() -> {
                    try {
                        return house.end(begin(house.admin, name, project)).status() == OperationStatus.SUCCEEDED;
                    } catch (FreeholdException e) {
                        assertThat(e.reason()).isEqualTo("QUOTA_EXCEEDED");
                        return false;
                    }
                });
            }
            int let = 0;
            for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                let += attempt.get() ? 1 : 0;
            }
            assertThat(let).isEqualTo(3);
            assertThat(house.list()).hasSize(3);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatIsBeingCreatedCountsUntilNothingCameOfIt() throws Exception {
        UUID project = house.registry.project(instances(1));
        Gate gate = house.engine().holdNext(FakeCall.CREATE);
        Operation first = begin(house.admin, "one", project);
        reach(gate);
        isFull(wanted("two", project, SMALL), "instances");
        assertThat(scopes().isUsed(Scope.project(project))).isTrue();
        house = house.crashAndRestart();
        assertThat(scopes().isUsed(Scope.project(project))).isTrue();
        assertThat(house.end(first).status()).isEqualTo(OperationStatus.FAILED);
        assertThat(scopes().isUsed(Scope.project(project))).isFalse();
        create("two", project);
        gate.release();
    }

    @Test
    void aRefusedCreationLeavesNothingBehind() {
        UUID project = house.registry.project(instances(1));
        house.transactions.refuse(true);
        assertThat(refusal(() -> begin(house.admin, "one", project)).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        house.transactions.refuse(false);
        assertThat(scopes().isUsed(Scope.project(project))).isFalse();
        create("one", project);
    }

    @Test
    void aRepeatedRequestTakesItsRoomOnce() {
        UUID project = house.registry.project(instances(1));
        NewInstance wanted = wanted("one", project, SMALL);
        Operation first = house.instances().create(house.admin, wanted, "key");
        assertThat(house.instances().create(house.admin, wanted, "key").id()).isEqualTo(first.id());
    }

    @Test
    void anInstanceIsGivenToAnotherProjectAndStaysThere() {
        UUID from = house.registry.project(Quotas.UNLIMITED);
        UUID to = house.registry.project(instances(1));
        Instance web = create("web", from);
        Caller old = house.grants.somebody("old", Scope.project(from), USER);
        Caller mine = house.grants.somebody("new", Scope.project(to), USER);
        Seen seenByOld = new Seen();
        Seen seenByNew = new Seen();
        Subscription one = house.events().subscribe(old, seenByOld);
        Subscription two = house.events().subscribe(mine, seenByNew);

        Instance moved = house.instances().move(house.admin, web.id(), to);

        assertThat(moved.projectId()).isEqualTo(to);
        assertThat(moved.revision()).isGreaterThan(web.revision());
        assertThat(house.instances().move(house.admin, web.id(), to)).isEqualTo(moved);
        assertThat(refusal(() -> house.instances().get(old, web.id())).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(house.instances().get(mine, web.id())).isEqualTo(moved);
        await().until(() -> !seenByOld.types.isEmpty() && !seenByNew.types.isEmpty());
        assertThat(seenByOld.types).containsExactly(EventType.INSTANCE_REMOVED);
        assertThat(seenByNew.types).containsExactly(EventType.INSTANCE_CHANGED);
        one.close();
        two.close();
        isFull(wanted("more", to, SMALL), "instances");
        assertThat(scopes().isUsed(Scope.project(from))).isFalse();
        assertThat(house.audit.entries()).contains("admin instance.update instances/" + web.id() + " SUCCESS");
        house = house.crashAndRestart();
        assertThat(house.instances().get(house.admin, web.id()).projectId()).isEqualTo(to);
        assertThat(house.instances().move(house.admin, web.id(), null).projectId())
                .isNull();
    }

    @Test
    void aMoveTakesThePermissionAtBothEndsAndGivesNobodyMore() {
        UUID from = house.registry.project(Quotas.UNLIMITED);
        UUID to = house.registry.project(Quotas.UNLIMITED);
        Instance web = create("web", from);
        Caller caller = house.grants.somebody("caller", Scope.project(from), Permissions.INSTANCE_READ);
        assertThat(refusal(() -> house.instances().move(caller, web.id(), to)).code())
                .isEqualTo(ErrorCode.DENIED);
        house.grants.grant(caller, Scope.project(from), Permissions.INSTANCE_UPDATE);
        assertThat(refusal(() -> house.instances().move(caller, web.id(), to)).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refusal(() -> house.instances().move(caller, web.id(), null)).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        house.grants.grant(caller, Scope.project(to), Permissions.INSTANCE_READ);
        assertThat(refusal(() -> house.instances().move(caller, web.id(), to)).code())
                .isEqualTo(ErrorCode.DENIED);
        house.grants.grant(caller, Scope.project(to), Permissions.INSTANCE_UPDATE, Permissions.INSTANCE_DELETE);
        assertThat(refusal(() -> house.instances().move(caller, web.id(), to)).code())
                .isEqualTo(ErrorCode.DENIED);
        house.grants.grant(caller, Scope.project(from), Permissions.INSTANCE_DELETE);
        assertThat(house.instances().move(caller, web.id(), to).projectId()).isEqualTo(to);
    }

    @Test
    void aMoveIsRefusedWhereThereIsNoRoomOrNoProject() {
        UUID full = house.registry.project(instances(0));
        Instance web = create("web", null);
        assertThat(refusal(() -> house.instances().move(house.admin, web.id(), full))
                        .reason())
                .isEqualTo("QUOTA_EXCEEDED");
        assertThat(refusal(() -> house.instances().move(house.admin, web.id(), UUID.randomUUID()))
                        .violations())
                .extracting(Violation::field)
                .containsExactly("projectId");
        assertThat(house.instances().get(house.admin, web.id()).projectId()).isNull();
    }

    @Test
    void whatIsBoundAtAnInstanceOrBackendGoesWithIt() {
        Instance web = create("web", null);
        Instance other = create("other", null);
        assertThat(scopes().exists(Scope.instance(web.id()))).isTrue();
        assertThat(scopes().exists(Scope.backend(backend))).isTrue();
        assertThat(scopes().exists(Scope.instance(backend))).isFalse();
        assertThat(scopes().exists(Scope.backend(web.id()))).isFalse();
        assertThat(scopes().exists(Scope.project(web.id()))).isFalse();

        house.end(house.instances().delete(house.admin, web.id(), null));
        await().until(() -> house.registry.removed.contains(Scope.instance(web.id())));
        house.backends().delete(house.admin, backend);

        assertThat(house.registry.removed).contains(Scope.backend(backend), Scope.instance(other.id()));
        assertThat(scopes().exists(Scope.backend(backend))).isFalse();
        assertThat(scopes().exists(Scope.instance(other.id()))).isFalse();
    }

    /** Keeps what sort of events there were. */
    private static final class Seen implements EventListener {
        final List<EventType> types = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(Event event) {
            types.add(event.type());
        }

        @Override
        public void onReset(Position now) {
            throw new AssertionError("nothing was lost");
        }
    }
}
