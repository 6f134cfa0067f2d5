package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Violation;
import io.freehold.api.admission.AdmissionPolicies;
import io.freehold.api.admission.AdmissionPolicy;
import io.freehold.api.admission.AdmissionPolicy.Limits;
import io.freehold.api.admission.Demand;
import io.freehold.api.admission.Demand.HostFolder;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.NewInstance;
import io.freehold.api.instance.Resources;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.project.Quotas;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.provider.testkit.FakeCall;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmissionTest extends CoreTest {
    private UUID project;
    private Caller user;

    @BeforeEach
    void letSomebodyCreate() {
        project = house.registry.project(Quotas.UNLIMITED);
        user = house.grants.somebody("user", Scope.project(project), Permissions.INSTANCE_CREATE);
    }

    private AdmissionPolicies policies() {
        return house.core.services().policies();
    }

    private NewInstance wanted(Resources resources, Map<String, Object> config) {
        return new NewInstance(
                backend,
                "i-" + UUID.randomUUID(),
                Kind.CONTAINER,
                "fake/echo",
                project,
                resources,
                List.of(),
                Map.of(),
                Map.of(),
                config,
                false);
    }

    private Operation create(Caller caller, Map<String, Object> config) {
        return house.end(house.instances().create(caller, wanted(Resources.UNLIMITED, config), null));
    }

    private FreeholdException refused(Map<String, Object> config) {
        return refusal(() -> house.instances().create(user, wanted(Resources.UNLIMITED, config), null));
    }

    private void allow(Scope scope, Demand... demands) {
        set(scope, new AdmissionPolicy(List.of(demands), Limits.NONE));
    }

    private void set(Scope scope, AdmissionPolicy policy) {
        long version = policies().get(house.admin, scope).version();
        policies().set(house.admin, scope, policy, version);
    }

    @Test
    void whatReachesTheHostIsDeniedWithEachDemandInWords() {
        FreeholdException e = refused(Map.of("hostFolder", "/srv/../etc", "capabilities", List.of("net_admin")));

        assertThat(e.code()).isEqualTo(ErrorCode.DENIED);
        assertThat(e.reason()).isEqualTo("ADMISSION_DENIED");
        assertThat(e).hasMessageContaining("policy").hasMessageContaining("instance:host-access");
        assertThat(e.violations())
                .extracting(Violation::message)
                .anyMatch(message -> message.contains("/etc of the host, writable"))
                .anyMatch(message -> message.contains("NET_ADMIN"))
                .hasSize(2);
        assertThat(house.engine().calls(FakeCall.CREATE)).isZero();
    }

    @Test
    void aDenialIsRecordedWithWhatWasAskedForOnceAMinute() {
        for (int i = 0; i < 5; i++) {
            assertThat(refused(Map.of("hostFolder", "/etc")).code()).isEqualTo(ErrorCode.DENIED);
        }
        assertThat(house.audit.entries())
                .filteredOn(entry -> entry.startsWith("user "))
                .containsExactly("user instance.create backends/" + backend + " DENIED");
        assertThat(house.audit.details()).anyMatch(detail -> detail.contains("the folder /etc of the host"));
    }

    @Test
    void hostAccessEverywhereOrAtTheBackendIsEnoughAndAtTheProjectIsNot() {
        Map<String, Object> config = Map.of("hostFolder", "/srv");
        for (Scope scope : List.of(Scope.ROOT, Scope.backend(backend))) {
            Caller trusted = house.grants.somebody("trusted", scope, Permissions.INSTANCE_HOST_ACCESS);
            house.grants.grant(trusted, Scope.project(project), Permissions.INSTANCE_CREATE);
            assertThat(house.instances().create(trusted, wanted(Resources.UNLIMITED, config), null))
                    .isNotNull();
        }
        Caller owner = house.grants.somebody(
                "owner", Scope.project(project), Permissions.INSTANCE_CREATE, Permissions.INSTANCE_HOST_ACCESS);
        assertThat(refusal(() -> house.instances().create(owner, wanted(Resources.UNLIMITED, config), null))
                        .reason())
                .isEqualTo("ADMISSION_DENIED");
    }

    @Test
    void aPolicyHoldsAtItsScopeAndNowhereElse() {
        Map<String, Object> config = Map.of("hostFolder", "/srv/data");
        allow(Scope.project(house.registry.project(Quotas.UNLIMITED)), HostFolder.of("/srv/data", false));
        assertThat(refused(config).reason()).isEqualTo("ADMISSION_DENIED");
        for (Scope scope : List.of(Scope.ROOT, Scope.project(project), Scope.backend(backend))) {
            allow(scope, HostFolder.of("/srv/data", false));
            assertThat(create(user, config).status()).isEqualTo(OperationStatus.SUCCEEDED);
            policies().remove(house.admin, scope);
            assertThat(refused(config).reason()).isEqualTo("ADMISSION_DENIED");
        }
    }

    @Test
    void cve2026x44848AnAllowedFolderOpensNoOther() {
        allow(Scope.project(project), HostFolder.of("/srv/data", false));
        for (String path : List.of("/srv/data2", "/srv/data/../../etc", "/srv", "/", "/srv/data/link")) {
            assertThat(refused(Map.of("hostFolder", path)).reason()).as(path).isEqualTo("ADMISSION_DENIED");
        }
        assertThat(create(user, Map.of("hostFolder", "/srv//data/")).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    /** Somebody who may move things between the projects, and everything that an instance of either takes. */
    private Caller mover(UUID... projects) {
        Caller mover = house.grants.somebody("mover", Scope.project(project), Permissions.INSTANCE_UPDATE);
        for (UUID each : projects) {
            house.grants.grant(mover, Scope.project(each), Permissions.INSTANCE_UPDATE);
        }
        return mover;
    }

    private FreeholdException unmovable(Caller mover, UUID instance, UUID target) {
        FreeholdException e = refusal(() -> house.instances().move(mover, instance, target));
        assertThat(e.reason()).isEqualTo("ADMISSION_DENIED");
        assertThat(house.instances().get(house.admin, instance).projectId()).isNotEqualTo(target);
        return e;
    }

    @Test
    void whatIsMovedIsJudgedByThePolicyOfWhereItGoes() {
        UUID target = house.registry.project(Quotas.UNLIMITED);
        allow(Scope.project(project), HostFolder.of("/srv", false));
        Caller mover = mover(target);
        UUID reaching = create(user, Map.of("hostFolder", "/srv")).instanceId();
        UUID plain = create(user, Map.of()).instanceId();

        FreeholdException e = unmovable(mover, reaching, target);
        assertThat(e.violations()).extracting(Violation::field).containsExactly("projectId");
        assertThat(e.violations().get(0).message()).contains("the folder /srv of the host");
        assertThat(house.audit.entries()).contains("mover instance.update instances/" + reaching + " DENIED");
        assertThat(house.instances().move(mover, plain, target).projectId()).isEqualTo(target);
        house = house.crashAndRestart();
        mover = mover(target);
        unmovable(mover, reaching, target);
        allow(Scope.project(target), HostFolder.of("/srv", false));
        assertThat(house.instances().move(mover, reaching, target).projectId()).isEqualTo(target);
    }

    @Test
    void whatIsMovedKeepsWithinTheLimitsOfWhereItGoes() {
        UUID target = house.registry.project(Quotas.UNLIMITED);
        UUID instance = create(user, Map.of()).instanceId();
        set(Scope.project(target), new AdmissionPolicy(List.of(), new Limits(1L << 30, null, null)));
        assertThat(unmovable(mover(target), instance, target)
                        .violations()
                        .get(0)
                        .message())
                .contains("resources.memoryBytes");
        assertThat(house.instances().move(house.admin, instance, target).projectId())
                .isEqualTo(target);
    }

    @Test
    void whatWasMadeElsewhereIsMovedByWhoMayReachTheHostAlone() {
        house.engine().add("found");
        await().until(() -> house.list().size() == 1);
        UUID found = house.named("found").id();
        Caller mover = house.grants.somebody(
                "mover", Scope.backend(backend), Permissions.INSTANCE_UPDATE, Permissions.INSTANCE_MANAGE_EXTERNAL);
        house.grants.grant(mover, Scope.project(project), Permissions.INSTANCE_UPDATE);
        assertThat(unmovable(mover, found, project).violations().get(0).message())
                .contains("did not create it");
        house.grants.grant(mover, Scope.backend(backend), Permissions.INSTANCE_HOST_ACCESS);
        assertThat(house.instances().move(mover, found, project).projectId()).isEqualTo(project);
    }

    @Test
    void limitsHoldForWhoHasNoHostAccess() {
        set(Scope.project(project), new AdmissionPolicy(List.of(), new Limits(1L << 30, 2.0, null)));
        assertThat(refused(Map.of()).violations())
                .extracting(Violation::field)
                .containsExactly("resources.memoryBytes", "resources.cpus");
        Operation fits = house.instances().create(user, wanted(new Resources(2.0, 1L << 30, null), Map.of()), null);
        assertThat(house.end(fits).status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void policiesOutliveARestartWithEverySortOfDemand() {
        AdmissionPolicy policy = new AdmissionPolicy(
                List.of(
                        new Demand.Privileged(),
                        new Demand.HostNamespace(Demand.Namespace.IPC),
                        HostFolder.of("/srv", true),
                        HostFolder.of("/data", false),
                        new Demand.NamedVolume("shared"),
                        new Demand.DrivenVolume("nfs", Map.of()),
                        Demand.Device.of("/dev/dri"),
                        new Demand.LinuxCapability("NET_RAW"),
                        new Demand.SecurityOption("seccomp=unconfined"),
                        new Demand.Sysctl("net.core.somaxconn"),
                        new Demand.EngineRuntime("runsc")),
                new Limits(1L << 40, 1.5, 100L));
        set(Scope.project(project), policy);
        AdmissionPolicies.SetPolicy before = policies().get(house.admin, Scope.project(project));
        house = house.crashAndRestart();
        assertThat(policies().list(house.admin)).containsExactly(before);
        assertThat(before.policy()).isEqualTo(policy);
    }

    @Test
    void aPolicyIsNotOverwrittenByWhoHasNotSeenIt() {
        Scope scope = Scope.backend(backend);
        assertThat(policies().get(house.admin, scope).version()).isZero();
        AdmissionPolicies.SetPolicy first = policies().set(house.admin, scope, AdmissionPolicy.DEFAULT, 0);
        for (long version : List.of(0L, first.version() - 1)) {
            assertThat(refusal(() -> policies().set(house.admin, scope, AdmissionPolicy.DEFAULT, version))
                            .code())
                    .isEqualTo(ErrorCode.STALE);
        }
        assertThat(policies()
                        .set(house.admin, scope, AdmissionPolicy.DEFAULT, first.version())
                        .version())
                .isGreaterThan(first.version());
        assertThat(house.audit.entries())
                .filteredOn(entry -> entry.startsWith("admin admission.set"))
                .hasSize(2);
    }

    @Test
    void whatCannotBeAllowedIsRefusedByName() {
        Map<Demand, String> bad = Map.of(
                HostFolder.of("/", true),
                "allow.hostPaths",
                HostFolder.of("/run/docker.sock", true),
                "allow.hostPaths",
                HostFolder.of("/var", true),
                "allow.hostPaths",
                new Demand.DrivenVolume("local", Map.of()),
                "allow.volumeDrivers",
                new Demand.LinuxCapability(" "),
                "allow.capabilities",
                new Demand.Other("x"),
                "allow");
        bad.forEach((demand, field) -> assertThat(
                        refusal(() -> allow(Scope.ROOT, demand)).violations())
                .as(demand.toString())
                .extracting(Violation::field)
                .containsExactly(field));
        assertThat(refusal(() -> set(Scope.ROOT, new AdmissionPolicy(List.of(), new Limits(0L, 0.0, 0L))))
                        .violations())
                .extracting(Violation::field)
                .containsExactlyInAnyOrder("limits.memoryBytes", "limits.cpus", "limits.pids");
        assertThat(policies().list(house.admin)).isEmpty();
    }

    @Test
    void settingTakesThePermissionAndWhatIsGivenAway() {
        Caller reader = house.grants.somebody("reader", Scope.ROOT, Permissions.ADMISSION_READ);
        Caller manager = house.grants.somebody("manager", Scope.ROOT, Permissions.ADMISSION_MANAGE);
        Caller member = house.grants.somebody(
                "member",
                Scope.project(project),
                Permissions.ADMISSION_READ,
                Permissions.ADMISSION_MANAGE,
                Permissions.INSTANCE_HOST_ACCESS);
        Scope scope = Scope.project(project);
        assertThat(policies().list(reader)).isEmpty();
        for (Caller caller : List.of(reader, manager, member)) {
            assertThat(refusal(() -> policies().set(caller, scope, AdmissionPolicy.DEFAULT, 0))
                            .code())
                    .isEqualTo(ErrorCode.DENIED);
            assertThat(refusal(() -> policies().remove(caller, scope)).code()).isEqualTo(ErrorCode.DENIED);
        }
        for (Caller caller : List.of(manager, member)) {
            assertThat(refusal(() -> policies().list(caller)).code()).isEqualTo(ErrorCode.DENIED);
            assertThat(refusal(() -> policies().get(caller, scope)).code()).isEqualTo(ErrorCode.DENIED);
        }
    }

    @Test
    void aScopeThatIsNotThereHasNoPolicy() {
        UUID none = UUID.randomUUID();
        for (Scope scope : List.of(Scope.backend(none), Scope.project(none), Scope.instance(none))) {
            assertThat(refusal(() -> policies().get(house.admin, scope)).code()).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(refusal(() -> policies().set(house.admin, scope, AdmissionPolicy.DEFAULT, 0))
                            .code())
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(refusal(() -> policies().remove(house.admin, scope)).code())
                    .isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void aPolicyGoesWithItsProjectOrBackend() {
        Map<String, Object> config = Map.of("hostFolder", "/srv");
        Scope scope = Scope.project(project);
        allow(scope, HostFolder.of("/srv", false));
        house.transactions.write(connection -> {
            house.core.services().scopes().removed(connection, house.admin, scope);
            return scope;
        });
        assertThat(refused(config).reason()).isEqualTo("ADMISSION_DENIED");
        allow(Scope.backend(backend), HostFolder.of("/srv", false));
        house.backends().delete(house.admin, backend);

        assertThat(policies().list(house.admin)).isEmpty();
        assertThat(house.audit.entries())
                .contains(
                        "admin admission.remove admission-policies" + scope.path() + " SUCCESS",
                        "admin admission.remove admission-policies/backends/" + backend + " SUCCESS");
        house = house.crashAndRestart();
        assertThat(policies().list(house.admin)).isEmpty();
    }

    @Test
    void aChangeThatCannotBeStoredDoesNotHold() {
        house.transactions.refuse(true);
        assertThat(refusal(() -> policies()
                                .set(
                                        house.admin,
                                        Scope.ROOT,
                                        new AdmissionPolicy(List.of(HostFolder.of("/srv", false)), Limits.NONE),
                                        0))
                        .code())
                .isEqualTo(ErrorCode.UNAVAILABLE);
        house.transactions.refuse(false);
        assertThat(refused(Map.of("hostFolder", "/srv")).reason()).isEqualTo("ADMISSION_DENIED");
    }
}
