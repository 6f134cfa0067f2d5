package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Violation;
import io.freehold.api.instance.Instance;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InstancesTest extends CoreTest {
    private void add(String... names) {
        for (String name : names) {
            house.engine().add(name);
        }
        await().until(() -> house.list().size() >= names.length);
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
}
