package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.PageRequest;
import io.freehold.api.Violation;
import io.freehold.api.backend.BackendService.ConnectionTest;
import io.freehold.api.backend.Health;
import io.freehold.api.backend.NewBackend;
import io.freehold.api.backend.RegisteredBackend;
import io.freehold.api.instance.Instance;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.FakeProvider;
import io.freehold.provider.testkit.Gate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTest {
    @TempDir
    Path folder;

    House house;

    @BeforeEach
    void open() {
        house = new House(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private NewBackend wanted(String name, Map<String, Object> config) {
        return new NewBackend("fake", name, config);
    }

    private Health.Status status(UUID id) {
        return house.backend(id).health().status();
    }

    @Test
    void aNewBackendIsConnectedReadAndRecordedWhenItIsAnswered() {
        house.engine().add("web");

        RegisteredBackend backend = house.addBackend();

        assertThat(backend.health().status()).isEqualTo(Health.Status.UP);
        assertThat(backend.product()).isEqualTo("Fake 1.0");
        assertThat(backend.nodes()).hasSize(1);
        assertThat(backend.capabilities()).contains("PowerControl", "Provisioning", "Watch");
        assertThat(backend.version()).isEqualTo(1);
        assertThat(house.list()).extracting(Instance::name).containsExactly("web");
        assertThat(house.audit.entries()).containsExactly("admin backend.create backends/" + backend.id() + " SUCCESS");
    }

    @Test
    void valuesThatTheProviderDoesNotKnowAreNamed() {
        FreeholdException refusal = refusal(
                () -> house.backends().create(house.admin, wanted("home", Map.of("engin", "x", "password", 3))));

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refusal.violations())
                .extracting(Violation::field)
                .containsExactlyInAnyOrder("config.engin", "config.password");
    }

    @Test
    void aConnectionThatFailsIsAFaultOfTheConfigurationAndKeepsNothing() {
        house.engine().requirePassword("right");

        FreeholdException refusal =
                refusal(() -> house.backends().create(house.admin, wanted("home", Map.of("password", "wrong"))));

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refusal.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("config.password");
            assertThat(violation.message()).contains("refuses the password");
        });
        assertThat(house.backends().list(house.admin, PageRequest.first()).items())
                .isEmpty();
        assertThat(house.engine().connections()).isZero();
    }

    @Test
    void aProviderThatHangsIsGivenUpAndWhatItOpensLaterIsClosed() {
        Gate gate = house.engine().holdAfterNext(FakeCall.OPEN);

        FreeholdException refusal = refusal(() -> house.backends().create(house.admin, wanted("home", Map.of())));

        assertThat(refusal.violations()).singleElement().asString().contains("did not answer within 2.0 seconds");
        gate.release();
        assertThat(house.addBackend().health().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void cve2025x49132AProviderIsLookedForAmongThoseThatAreThereAndNowhereElse() {
        for (String provider : List.of(
                "../../../etc/passwd",
                "/etc/passwd",
                "file:///etc/passwd",
                "jar:file:fake.jar!/",
                "java.lang.Runtime",
                FakeProvider.class.getName(),
                "fake/../fake",
                "${env:HOME}")) {
            FreeholdException refusal =
                    refusal(() -> house.backends().create(house.admin, new NewBackend(provider, "x", Map.of())));
            assertThat(refusal.violations())
                    .as(provider)
                    .extracting(Violation::field)
                    .containsExactly("provider");
        }
        assertThat(house.engine().connections()).isZero();
    }

    @Test
    void anUnknownProviderAndATakenNameAreRefused() {
        house.addBackend();

        assertThat(refusal(() -> house.backends().create(house.admin, new NewBackend("other", "x", Map.of())))
                        .violations())
                .extracting(Violation::field)
                .containsExactly("provider");
        assertThat(refusal(() -> house.backends().create(house.admin, wanted("home", Map.of())))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal(() -> house.backends().create(house.admin, wanted(" ", Map.of())))
                        .violations())
                .extracting(Violation::field)
                .containsExactly("name");
    }

    @Test
    void secretsAreSealedNeverAnsweredAndStayWhereAnUpdateLeavesThemOut() throws Exception {
        house.engine().requirePassword("canary-1c9f");
        RegisteredBackend backend =
                house.backends().create(house.admin, wanted("home", Map.of("password", "canary-1c9f")));

        assertThat(backend.config()).isEmpty();
        assertThat(backend.secrets()).containsExactly("password");
        assertThat(backend.toString()).doesNotContain("canary");

        RegisteredBackend renamed = house.backends()
                .update(house.admin, backend.id(), wanted("attic", Map.of("engine", "default")), backend.version());
        assertThat(renamed.name()).isEqualTo("attic");
        assertThat(renamed.version()).isEqualTo(2);
        assertThat(renamed.secrets()).containsExactly("password");
        assertThat(renamed.health().status()).isEqualTo(Health.Status.UP);
        assertThat(new String(Files.readAllBytes(folder.resolve("core.db")), StandardCharsets.ISO_8859_1))
                .doesNotContain("canary-1c9f");
        await().until(() -> house.engine().connections() == 1);

        house = house.crashAndRestart();
        await().until(() -> status(backend.id()) == Health.Status.UP);
    }

    @Test
    void anUpdateThatIsOutOfDateOrDoesNotConnectChangesNothing() {
        RegisteredBackend backend = house.addBackend();
        house.backends().update(house.admin, backend.id(), wanted("attic", Map.of()), 1);

        assertThat(refusal(() -> house.backends().update(house.admin, backend.id(), wanted("cellar", Map.of()), 1))
                        .code())
                .isEqualTo(ErrorCode.STALE);
        house.engine().failNext(FakeCall.OPEN, new ProviderException(ErrorCode.UNAVAILABLE, "Nothing answers there."));
        assertThat(refusal(() -> house.backends().update(house.admin, backend.id(), wanted("cellar", Map.of()), 2))
                        .code())
                .isEqualTo(ErrorCode.INVALID);
        assertThat(house.backend(backend.id()).name()).isEqualTo("attic");
        assertThat(status(backend.id())).isEqualTo(Health.Status.UP);
    }

    @Test
    void deletingForgetsTheInstancesAndIsRefusedWhileOperationsRun() throws Exception {
        RegisteredBackend backend = house.addBackend();
        Instance instance = house.create(backend.id(), "web", false);
        Gate gate = house.engine().holdNext(FakeCall.START);
        var start = house.act(instance, "start");
        assertThat(gate.awaitReached(Duration.ofSeconds(5))).isTrue();

        assertThat(refusal(() -> house.backends().delete(house.admin, backend.id()))
                        .reason())
                .isEqualTo("BACKEND_BUSY");
        gate.release();
        house.end(start);
        house.backends().delete(house.admin, backend.id());

        assertThat(house.list()).isEmpty();
        assertThat(house.engine().instances()).hasSize(1);
        await().until(() -> house.engine().connections() == 0);
        house = house.crashAndRestart();
        assertThat(house.list()).isEmpty();
        assertThat(refusal(() -> house.backend(backend.id())).code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aTestSaysHowItWentAndIsRecorded() {
        RegisteredBackend backend = house.addBackend();

        assertThat(house.backends().test(house.admin, backend.id())).satisfies(test -> {
            assertThat(test.ok()).isTrue();
            assertThat(test.message()).contains("Fake 1.0");
        });
        house.engine().breakConnection();
        ConnectionTest failed = house.backends().test(house.admin, backend.id());
        assertThat(failed.ok()).isFalse();
        assertThat(failed.message()).contains("does not answer");
        assertThat(house.audit.entries())
                .contains(
                        "admin backend.test backends/" + backend.id() + " SUCCESS",
                        "admin backend.test backends/" + backend.id() + " FAILURE");
    }

    @Test
    void callersSeeAndChangeWhatTheyHoldPermissionsFor() {
        RegisteredBackend home = house.addBackend();
        house.provider.engine("second");
        RegisteredBackend second = house.backends().create(house.admin, wanted("second", Map.of("engine", "second")));
        Caller reader = house.grants.somebody("reader", Scope.backend(home.id()), Permissions.BACKEND_READ);

        assertThat(house.backends().list(reader, PageRequest.first()).items())
                .extracting(RegisteredBackend::id)
                .containsExactly(home.id());
        assertThat(refusal(() -> house.backends().get(reader, second.id())).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refusal(() -> house.backends().delete(reader, second.id())).code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refusal(() -> house.backends().delete(reader, home.id())).code())
                .isEqualTo(ErrorCode.DENIED);
        assertThat(refusal(() -> house.backends().create(reader, wanted("third", Map.of())))
                        .code())
                .isEqualTo(ErrorCode.DENIED);
        Caller nobody = house.grants.somebody("nobody", Scope.backend(home.id()));
        assertThat(house.backends().providers(nobody)).isEmpty();
    }

    @Test
    void listsOfBackendsArePaged() {
        for (String name : new String[] {"c", "a", "b"}) {
            house.backends().create(house.admin, wanted(name, Map.of("engine", name)));
        }

        var first = house.backends().list(house.admin, new PageRequest(2, null));
        var second = house.backends().list(house.admin, new PageRequest(2, first.nextCursor()));

        assertThat(first.items()).extracting(RegisteredBackend::name).containsExactly("a", "b");
        assertThat(first.total()).isEqualTo(3);
        assertThat(second.items()).extracting(RegisteredBackend::name).containsExactly("c");
        assertThat(second.nextCursor()).isNull();
    }
}
