package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.backend.Health;
import io.freehold.api.backend.NewBackend;
import io.freehold.api.backend.RegisteredBackend;
import io.freehold.api.instance.Instance;
import io.freehold.api.instance.State;
import io.freehold.api.provider.Watch;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.FakeProvider;
import io.freehold.provider.testkit.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backends that are lost, hang, or whose provider goes. */
class BackendTroubleTest {
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
    void aBackendThatIsLostIsDownAndStaleAndComesBackByItself() {
        RegisteredBackend backend = house.addBackend();
        Instance instance = house.create(backend.id(), "web", true);

        house.engine().breakConnection();
        await().until(() -> status(backend.id()) == Health.Status.DOWN);
        assertThat(house.backend(backend.id()).health().message()).contains("does not answer");
        assertThat(house.instances().get(house.admin, instance.id())).satisfies(seen -> {
            assertThat(seen.stale()).isTrue();
            assertThat(seen.state()).isEqualTo(State.RUNNING);
            assertThat(seen.actions()).isEmpty();
        });
        assertThat(refusal(() -> house.act(instance, "stop")).code()).isEqualTo(ErrorCode.UNAVAILABLE);

        house.engine().repairConnection();
        await().until(() -> status(backend.id()) == Health.Status.UP);
        assertThat(house.end(house.act(instance, "stop")).error()).isNull();
    }

    @Test
    void withoutItsProviderABackendSaysSoAndItsInstancesStayReadable() {
        RegisteredBackend backend = house.addBackend();
        Instance instance = house.create(backend.id(), "web", true);

        house.core.providerRemoved(house.provider);

        assertThat(status(backend.id())).isEqualTo(Health.Status.NO_PROVIDER);
        assertThat(house.instances().get(house.admin, instance.id()).stale()).isTrue();
        assertThat(house.engine().connections()).isZero();
        assertThat(house.backends().providers(house.admin)).isEmpty();

        house.core.providerAdded(house.provider, "1.0.1");
        await().until(() -> status(backend.id()) == Health.Status.UP);
        assertThat(house.backends().providers(house.admin))
                .singleElement()
                .satisfies(provider -> assertThat(provider.version()).isEqualTo("1.0.1"));
        assertThat(house.instances().get(house.admin, instance.id()).stale()).isFalse();
    }

    @Test
    void startingDoesNotWaitForABackendThatHangs() {
        RegisteredBackend backend = house.addBackend();
        Gate gate = house.engine().holdNext(FakeCall.OPEN);
        long begin = System.nanoTime();

        house = house.crashAndRestart();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        await().until(() -> status(backend.id()) == Health.Status.CONNECTING);
        assertThat(house.list()).isEmpty();
        gate.release();
        await().until(() -> status(backend.id()) == Health.Status.UP);
    }

    @Test
    void aReadingThatHangsMakesTheBackendDownAndBlocksNoRead() throws Exception {
        RegisteredBackend backend = house.addBackend();
        Instance instance = house.create(backend.id(), "web", true);
        Gate gate = house.engine().holdNext(FakeCall.INSTANCES);
        house.core.providerRemoved(house.provider);
        house.core.providerAdded(house.provider, "1.0.1");
        assertThat(gate.awaitReached(Duration.ofSeconds(5))).isTrue();

        long begin = System.nanoTime();
        assertThat(house.list()).hasSize(1);
        assertThat(house.instances().get(house.admin, instance.id()).name()).isEqualTo("web");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));

        await().until(() -> status(backend.id()) == Health.Status.UP);
    }

    @Test
    void aBackendWithoutWatchIsReadEveryNowAndThen() {
        house.engine().without(Watch.class);
        RegisteredBackend backend = house.addBackend();

        house.engine().add("web");

        await().until(() -> house.list().size() == 1);
        assertThat(house.backend(backend.id()).capabilities()).doesNotContain("Watch");
    }

    @Test
    void threadsInsideABackendThatHangsAreBoundedAndOtherBackendsGoOn() {
        RegisteredBackend backend = house.addBackend();
        Instance instance = house.create(backend.id(), "web", true);
        RegisteredBackend other = house.backends().create(house.admin, wanted("other", Map.of("engine", "other")));
        Instance fine = house.create(other.id(), "fine", true);
        for (int i = 0; i < 40; i++) {
            house.engine().holdNext(FakeCall.LOGS);
        }
        var calls = new ArrayList<CompletableFuture<ErrorCode>>();
        for (int i = 0; i < 40; i++) {
            calls.add(CompletableFuture.supplyAsync(
                    () -> refusal(() -> house.streams().logs(house.admin, instance.id(), 10))
                            .code(),
                    task -> new Thread(task).start()));
        }

        assertThat(house.streams().logs(house.admin, fine.id(), 10)).isNotEmpty();
        assertThat(calls.stream().map(CompletableFuture::join)).contains(ErrorCode.TIMEOUT, ErrorCode.UNAVAILABLE);
        assertThat(house.engine().calls(FakeCall.LOGS)).isLessThanOrEqualTo(16);
    }

    @Test
    void stoppingTakesLessThanThreeSecondsWhateverHangs() throws Exception {
        RegisteredBackend backend = house.addBackend();
        Instance instance = house.create(backend.id(), "web", false);
        Gate gate = house.engine().holdNext(FakeCall.START);
        house.act(instance, "start");
        assertThat(gate.awaitReached(Duration.ofSeconds(5))).isTrue();
        long begin = System.nanoTime();

        house.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
        house = new House(folder, new FakeProvider(), House.QUICK);
    }

    @Test
    void whatWasOpenedWithAnOldConfigurationNeverReplacesWhatIsConfiguredNow() throws Exception {
        RegisteredBackend backend = house.addBackend();
        house.engine().add("old");
        house.provider.engine("other").add("new");
        house.core.providerRemoved(house.provider);
        Gate opening = house.engine().holdAfterNext(FakeCall.OPEN);
        house.core.providerAdded(house.provider, "1.0.1");
        assertThat(opening.awaitReached(Duration.ofSeconds(5))).isTrue();

        CompletableFuture<RegisteredBackend> update = CompletableFuture.supplyAsync(() -> house.backends()
                .update(house.admin, backend.id(), wanted("home", Map.of("engine", "other")), backend.version()));
        await().until(() -> house.backend(backend.id()).version() == 2);
        opening.release();

        update.get(5, TimeUnit.SECONDS);
        await().untilAsserted(() -> {
            assertThat(house.list()).extracting(Instance::name).containsExactly("new");
            assertThat(house.engine().connections()).isZero();
            assertThat(status(backend.id())).isEqualTo(Health.Status.UP);
        });
    }
}
