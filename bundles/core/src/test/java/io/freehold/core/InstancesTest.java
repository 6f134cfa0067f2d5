package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.Violation;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.InstanceQuery;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.NewInstance;
import io.freehold.api.instance.Port;
import io.freehold.api.instance.Resources;
import io.freehold.api.instance.State;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.project.Quotas;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.PauseControl;
import io.freehold.api.provider.Provisioning;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InstancesTest extends CoreTest {
    private InstanceQuery query(@Nullable String text, @Nullable String sort, int limit, @Nullable String cursor) {
        return new InstanceQuery(null, null, null, null, text, Map.of(), sort, new PageRequest(limit, cursor));
    }

    private void add(String... names) {
        for (String name : names) {
            house.engine().add(name);
        }
        await().until(() -> house.list().size() >= names.length);
    }

    @Test
    void changesOutsideAreSeenAtOnce() {
        NativeId id = house.engine().add("web");
        await().until(() -> house.list().size() == 1);
        Instance seen = house.named("web");
        assertThat(seen.managed()).isFalse();
        assertThat(seen.state()).isEqualTo(State.STOPPED);

        house.engine().change(id, State.RUNNING);
        await().until(() -> house.named("web").state() == State.RUNNING);
        assertThat(house.named("web").id()).isEqualTo(seen.id());
        assertThat(house.named("web").revision()).isGreaterThan(seen.revision());

        house.engine().remove(id);
        await().until(() -> house.list().isEmpty());
    }

    @Test
    void anotherThingWithTheSameNativeIdIsAnotherInstance() {
        NativeId id = house.engine().add("web");
        await().until(() -> house.list().size() == 1);
        UUID before = house.named("web").id();

        house.engine().replace(id);

        await().until(() -> !house.named("web").id().equals(before));
        assertThat(house.list()).hasSize(1);
        assertThat(refusal(() -> house.instances().get(house.admin, before)).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void whatTheEventsMissedIsRepairedWhenTheyAreBack() {
        NativeId gone = house.engine().add("gone");
        add("web");
        house.engine().silent(true);
        house.engine().remove(gone);
        house.engine().add("new");
        assertThat(house.list()).extracting(Instance::name).containsExactly("gone", "web");

        house.engine().breakConnection();
        house.engine().repairConnection();

        await().untilAsserted(() ->
                assertThat(house.list()).extracting(Instance::name).containsExactly("new", "web"));
    }

    @Test
    void whatHappensDuringAReadingIsNotUndoneByIt() throws Exception {
        NativeId web = house.engine().add("web");
        NativeId gone = house.engine().add("gone");
        await().until(() -> house.list().size() == 2);
        Gate gate = house.engine().holdAfterNext(FakeCall.INSTANCES);
        house.engine().breakConnection();
        house.engine().repairConnection();
        reach(gate);
        house.engine().change(web, State.RUNNING);
        house.engine().remove(gone);
        await().until(() -> house.list().size() == 1);

        gate.release();

        await().until(() -> !house.named("web").stale());
        assertThat(house.list()).singleElement().satisfies(instance -> assertThat(instance.state())
                .isEqualTo(State.RUNNING));
    }

    @Test
    void listsAreSortedAndPagedBothWays() {
        add("b", "D", "a", "c", "E");

        for (String sort : List.of("name", "createdAt", "state", "kind")) {
            List<String> up = new ArrayList<>();
            List<String> down = new ArrayList<>();
            String cursor = null;
            do {
                Page<Instance> page = house.instances().list(house.admin, query(null, sort, 2, cursor));
                page.items().forEach(instance -> up.add(instance.name()));
                assertThat(page.total()).isEqualTo(5);
                cursor = page.nextCursor();
            } while (cursor != null);
            do {
                Page<Instance> page = house.instances().list(house.admin, query(null, "-" + sort, 2, cursor));
                page.items().forEach(instance -> down.add(0, instance.name()));
                cursor = page.nextCursor();
            } while (cursor != null);
            assertThat(up).as(sort).hasSize(5).isEqualTo(down);
            if ("name".equals(sort)) {
                assertThat(up).containsExactly("a", "b", "c", "D", "E");
            }
        }
    }

    @Test
    void aCursorSurvivesThatItsPlaceIsGone() {
        NativeId b = house.engine().add("b");
        add("a", "c", "d");
        Page<Instance> first = house.instances().list(house.admin, query(null, null, 2, null));
        assertThat(first.items()).extracting(Instance::name).containsExactly("a", "b");

        house.engine().remove(b);
        house.engine().add("aa");
        await().until(() -> house.list().stream().map(Instance::name).toList().equals(List.of("a", "aa", "c", "d")));

        assertThat(house.instances()
                        .list(house.admin, query(null, null, 2, first.nextCursor()))
                        .items())
                .extracting(Instance::name)
                .containsExactly("c", "d");
    }

    @Test
    void whatIsNotACursorOrAnOrderIsRefused() {
        add("a", "b");
        String other = house.instances()
                .list(house.admin, query(null, "state", 1, null))
                .nextCursor();

        for (String cursor : List.of("x", "!!", other)) {
            assertThat(refusal(() -> house.instances().list(house.admin, query(null, null, 1, cursor)))
                            .violations())
                    .extracting(Violation::field)
                    .containsExactly("cursor");
        }
        assertThat(refusal(() -> house.instances().list(house.admin, query(null, "size", 1, null)))
                        .violations())
                .extracting(Violation::field)
                .containsExactly("sort");
    }

    @Test
    void filtersNarrowWhatIsListedAndCounted() {
        house.engine().add("Web-1", Map.of("tier", "front"));
        NativeId data = house.engine().add("data", Map.of("tier", "back"));
        await().until(() -> house.list().size() == 2);
        house.engine().change(data, State.RUNNING);
        await().until(() -> house.named("data").state() == State.RUNNING);

        assertThat(names(new InstanceQuery(null, null, null, null, "wEB", Map.of(), null, PageRequest.first())))
                .containsExactly("Web-1");
        assertThat(names(new InstanceQuery(null, null, null, null, "ECHO", Map.of(), null, PageRequest.first())))
                .hasSize(2);
        assertThat(names(new InstanceQuery(null, State.RUNNING, null, null, null, Map.of(), null, PageRequest.first())))
                .containsExactly("data");
        assertThat(names(new InstanceQuery(Kind.VM, null, null, null, null, Map.of(), null, PageRequest.first())))
                .isEmpty();
        assertThat(names(new InstanceQuery(
                        null, null, backend, null, null, Map.of("tier", "back"), null, PageRequest.first())))
                .containsExactly("data");
        assertThat(names(
                        new InstanceQuery(null, null, null, null, null, Map.of("tier", ""), null, PageRequest.first())))
                .hasSize(2);
        assertThat(names(new InstanceQuery(
                        null, null, null, UUID.randomUUID(), null, Map.of(), null, PageRequest.first())))
                .isEmpty();
    }

    private List<String> names(InstanceQuery query) {
        Page<Instance> page = house.instances().list(house.admin, query);
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items().stream().map(Instance::name).toList();
    }

    @Test
    void callersSeeWhatTheyHoldPermissionsFor() {
        add("a", "b", "c");
        Caller user =
                house.grants.somebody("user", Scope.instance(house.named("b").id()), Permissions.INSTANCE_READ);
        long before = house.instances().revision(user);

        Page<Instance> seen = house.instances().list(user, InstanceQuery.all());
        assertThat(seen.items()).extracting(Instance::name).containsExactly("b");
        assertThat(seen.total()).isEqualTo(1);
        assertThat(refusal(() -> house.instances().get(user, house.named("a").id()))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);

        house.grants.grant(user, Scope.backend(backend), Permissions.INSTANCE_READ);
        assertThat(house.instances().list(user, InstanceQuery.all()).total()).isEqualTo(3);
        assertThat(house.instances().revision(user)).isNotEqualTo(before);
    }

    @Test
    void anInstanceIsTheSameObjectAndTheRevisionTheSameNumberWhileNothingChanges() {
        add("a", "b");
        Instance before = house.named("a");
        long revision = house.instances().revision(house.admin);
        assertThat(house.instances().revision(house.admin)).isEqualTo(revision);
        int readings = house.engine().calls(FakeCall.INSTANCES);

        house.engine().add("c");
        await().until(() -> house.list().size() == 3);

        assertThat(house.named("a")).isSameAs(before);
        assertThat(house.instances().revision(house.admin)).isNotEqualTo(revision);
        assertThat(house.engine().calls(FakeCall.INSTANCES)).isEqualTo(readings);
    }

    @Test
    void actingTakesThePermissionAndOnWhatOthersMadeOneMore() {
        Instance own = house.create(backend, "own", false);
        add("outside");
        Instance outside = house.named("outside");
        Caller user = house.grants.somebody(
                "user", Scope.backend(backend), Permissions.INSTANCE_READ, Permissions.INSTANCE_START);

        assertThat(house.end(house.instances().act(user, own.id(), "start", Map.of(), null))
                        .status())
                .isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(refusal(() -> house.instances().act(user, own.id(), "stop", Map.of(), null))
                        .code())
                .isEqualTo(ErrorCode.DENIED);
        assertThat(refusal(() -> house.instances().act(user, outside.id(), "start", Map.of(), null))
                        .code())
                .isEqualTo(ErrorCode.DENIED);
        house.grants.grant(user, Scope.backend(backend), Permissions.INSTANCE_MANAGE_EXTERNAL);
        assertThat(house.end(house.instances().act(user, outside.id(), "start", Map.of(), null))
                        .status())
                .isEqualTo(OperationStatus.SUCCEEDED);
        Caller stranger = house.grants.somebody("stranger", Scope.ROOT);
        assertThat(refusal(() -> house.instances().delete(stranger, own.id(), null))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void creatingTakesThePermissionThereAndWhatTheBackendAsksForInAddition() {
        Caller user = house.grants.somebody(
                "user", Scope.backend(backend), Permissions.BACKEND_READ, Permissions.INSTANCE_READ);
        assertThat(refusal(() -> house.instances().create(user, house.wanted(backend, "web", true), null))
                        .code())
                .isEqualTo(ErrorCode.DENIED);
        house.grants.grant(user, Scope.backend(backend), Permissions.INSTANCE_CREATE);
        NewInstance plain = house.wanted(backend, "web", true);
        assertThat(house.end(house.instances().create(user, plain, null)).status())
                .isEqualTo(OperationStatus.SUCCEEDED);

        NewInstance reaching = withConfig("reaching", Map.of("hostFolder", "/srv"));
        assertThat(refusal(() -> house.instances().create(user, reaching, null)).code())
                .isEqualTo(ErrorCode.DENIED);
        assertThat(house.end(house.instances().create(house.admin, reaching, null))
                        .status())
                .isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void aProjectIsKeptAndLetsItsMembersIn() {
        UUID project = house.registry.project(Quotas.UNLIMITED);
        Caller member = house.grants.somebody(
                "member", Scope.project(project), Permissions.INSTANCE_CREATE, Permissions.INSTANCE_READ);
        NewInstance wanted = new NewInstance(
                backend,
                "web",
                Kind.CONTAINER,
                "fake/echo",
                project,
                Resources.UNLIMITED,
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                true);

        var done = house.end(house.instances().create(member, wanted, null));

        assertThat(house.instances().get(member, done.instanceId()).projectId()).isEqualTo(project);
        house = house.crashAndRestart();
        house.grants.grant(member, Scope.project(project), Permissions.INSTANCE_READ);
        assertThat(house.instances().get(member, done.instanceId()).projectId()).isEqualTo(project);
    }

    private NewInstance withConfig(String name, Map<String, Object> config) {
        NewInstance plain = house.wanted(backend, name, true);
        return new NewInstance(
                backend,
                name,
                plain.kind(),
                plain.template(),
                null,
                plain.resources(),
                List.of(),
                Map.of(),
                Map.of(),
                config,
                true);
    }

    @Test
    void everythingThatIsWrongWithACreationIsNamed() {
        NewInstance wrong = new NewInstance(
                backend,
                "",
                Kind.CONTAINER,
                " ",
                null,
                new Resources(-1.0, 0L, null),
                List.of(new Port(0, 70_000, "icmp", null)),
                Map.of("A=B", "x"),
                Map.of("", "x"),
                Map.of(),
                true);
        FreeholdException refusal = refusal(() -> house.instances().create(house.admin, wrong, null));
        assertThat(refusal.violations())
                .extracting(Violation::field)
                .containsExactlyInAnyOrder(
                        "name",
                        "template",
                        "environment",
                        "labels",
                        "ports[0].port",
                        "ports[0].hostPort",
                        "ports[0].protocol",
                        "resources.cpus",
                        "resources.memoryBytes");
        assertThat(refusal(() -> house.instances().create(house.admin, withConfig("x", Map.of("greting", "hi")), null))
                        .violations())
                .extracting(Violation::field)
                .containsExactly("config.greting");
        assertThat(refusal(() ->
                                house.instances().create(house.admin, house.wanted(UUID.randomUUID(), "x", true), null))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void unknownActionsAndArgumentsAreRefused() {
        Instance instance = house.create(backend, "web", true);

        assertThat(refusal(() -> house.act(instance, "explode")).violations())
                .extracting(Violation::field)
                .containsExactly("action");
        assertThat(refusal(() -> house.act(instance, "delete")).code()).isEqualTo(ErrorCode.INVALID);
        for (Object timeout : List.of(-1, 1.5, "soon", 100_000)) {
            assertThat(refusal(() -> house.instances()
                                    .act(house.admin, instance.id(), "stop", Map.of("timeoutSeconds", timeout), null))
                            .violations())
                    .extracting(Violation::field)
                    .containsExactly("timeoutSeconds");
        }
        assertThat(refusal(() -> house.instances()
                                .act(house.admin, instance.id(), "start", Map.of("timeoutSeconds", 1), null))
                        .code())
                .isEqualTo(ErrorCode.INVALID);
        assertThat(house.end(house.instances()
                                .act(house.admin, instance.id(), "stop", Map.of("timeoutSeconds", 1), null))
                        .status())
                .isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void whatABackendCannotDoIsAConflict() {
        house.engine().without(PauseControl.class, Provisioning.class);
        house.core.providerRemoved(house.provider);
        house.core.providerAdded(house.provider, "1.0.1");
        NativeId id = house.engine().add("web");
        house.engine().change(id, State.RUNNING);
        await().until(() -> house.list().stream()
                .anyMatch(instance -> instance.actions().equals(List.of("stop", "restart", "kill"))));

        assertThat(refusal(() -> house.act(house.named("web"), "pause")).reason())
                .isEqualTo("UNSUPPORTED");
        assertThat(refusal(() -> house.instances().create(house.admin, house.wanted(backend, "x", true), null))
                        .reason())
                .isEqualTo("UNSUPPORTED");
    }

    @Test
    void whatFreeholdCreatedIsItsOwnAgainWhenItsBackendIsRemovedAndAddedAgain() {
        Instance web = house.create(backend, "web", true);
        house.engine().add("other");
        house.backends().delete(house.admin, backend);

        backend = house.addBackend().id();

        assertThat(house.named("web").managed()).isTrue();
        assertThat(house.named("web").id()).isNotEqualTo(web.id());
        assertThat(house.named("web").projectId()).isNull();
        assertThat(house.named("other").managed()).isFalse();
        assertThat(house.end(house.act(house.named("web"), "stop")).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void whatAnotherFreeholdCreatedOnTheSameEngineIsNotOurs() {
        try (House other = new House(folder.resolve("other"), house.provider, House.QUICK)) {
            UUID theirs = other.addBackend().id();
            assertThat(other.create(theirs, "theirs", true).managed()).isTrue();

            await().until(() -> house.list().size() == 1);
            assertThat(house.named("theirs").managed()).isFalse();
            house.backends().delete(house.admin, backend);
            backend = house.addBackend().id();
            assertThat(house.named("theirs").managed()).isFalse();
        }
    }

    @Test
    void whoMayCreateIsToldWhichPermissionIsMissingAlsoWithoutSeeingTheBackend() {
        Caller user = house.grants.somebody("user", Scope.backend(backend), Permissions.INSTANCE_CREATE);
        Caller nobody = house.grants.somebody("nobody", Scope.ROOT, Permissions.BACKEND_READ);

        assertThat(refusal(() -> house.instances()
                                .create(user, withConfig("reaching", Map.of("hostFolder", "/srv")), null))
                        .code())
                .isEqualTo(ErrorCode.DENIED);
        assertThat(refusal(() -> house.instances().create(nobody, house.wanted(UUID.randomUUID(), "web", true), null))
                        .code())
                .isEqualTo(ErrorCode.DENIED);
    }

    @Test
    void whatIsKnownIsStoredOnceAFaultOfTheDatabaseIsOver() {
        int before = house.transactions.refused();
        house.transactions.fault(true);
        house.engine().add("web");
        awaitRefusals(before);
        house.transactions.fault(false);

        house.close();

        house.engine().breakConnection();
        house = new House(house.url, house.provider, House.QUICK);
        assertThat(house.list()).extracting(Instance::name).containsExactly("web");
    }
}
