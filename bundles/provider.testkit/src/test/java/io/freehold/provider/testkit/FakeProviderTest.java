package io.freehold.provider.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.ErrorCode;
import io.freehold.api.Subscription;
import io.freehold.api.form.Values;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.Resources;
import io.freehold.api.instance.State;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.BackendConfig;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.PowerControl;
import io.freehold.api.provider.Provider;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.Provisioning;
import io.freehold.api.provider.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FakeProviderTest extends ProviderContract {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FakeProvider provider = new FakeProvider();
    private final FakeEngine engine = provider.engine();

    @Test
    void heldCallWaitsUntilItIsReleased() throws Exception {
        Backend backend = lab().backend();
        Gate gate = engine.holdNext(FakeCall.INSTANCES);
        CompletableFuture<Integer> call =
                CompletableFuture.supplyAsync(() -> backend.instances().size());
        assertThat(gate.awaitReached(PATIENCE)).isTrue();
        assertThat(call).isNotDone();
        gate.release();
        assertThat(call.get(5, TimeUnit.SECONDS)).isZero();
        assertThat(engine.calls(FakeCall.INSTANCES)).isOne();
    }

    @Test
    void creationCanBeHeldBetweenEffectAndAnswer() throws Exception {
        Provisioning provisioning = lab().capability(Provisioning.class);
        Gate gate = engine.holdAfterNext(FakeCall.CREATE);
        CompletableFuture<NativeId> call =
                CompletableFuture.supplyAsync(() -> provisioning.create(spec("held", "token"), new FakeContext()));
        assertThat(gate.awaitReached(PATIENCE)).isTrue();
        assertThat(engine.instances()).singleElement().satisfies(i -> assertThat(i.creationToken())
                .isEqualTo("token"));
        assertThat(call).isNotDone();
        gate.release();
        assertThat(call.get(5, TimeUnit.SECONDS))
                .isEqualTo(engine.instances().get(0).id());
    }

    @Test
    void closingABackendFreesItsHeldCalls() throws Exception {
        Backend backend = lab().backend();
        Gate gate = engine.holdNext(FakeCall.INFO);
        CompletableFuture<Object> call = CompletableFuture.supplyAsync(backend::info);
        assertThat(gate.awaitReached(PATIENCE)).isTrue();
        backend.close();
        assertThat(call)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(ProviderException.class);
    }

    @Test
    void brokenConnectionFailsCallsAndIsReportedUntilItIsRepaired() throws Exception {
        RecordedWatch seen = new RecordedWatch();
        try (Subscription watching = lab().capability(Watch.class).watch(seen)) {
            engine.breakConnection();
            assertThatThrownBy(() -> lab().backend().instances())
                    .isInstanceOfSatisfying(
                            ProviderException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
            NativeId unseen = engine.add("unseen");
            engine.repairConnection();
            assertThat(seen.events().await(ProviderException.class::isInstance, PATIENCE))
                    .isPresent();
            NativeId later = engine.add("later");
            assertThat(seen.saw(later, State.STOPPED, PATIENCE)).isTrue();
            assertThat(seen.saw(unseen, State.STOPPED, Duration.ofMillis(1))).isFalse();
            assertThat(lab().backend().instances()).hasSize(2);
        }
    }

    @Test
    void nextCallFailsAsToldAndHasNoEffect() {
        NativeId id = engine.add("x");
        engine.failNext(FakeCall.START, new ProviderException(ErrorCode.DENIED, "Not today."));
        PowerControl power = lab().capability(PowerControl.class);
        assertThatThrownBy(() -> power.start(id, new FakeContext())).hasMessage("Not today.");
        assertThat(lab().state(id)).isEqualTo(State.STOPPED);
        power.start(id, new FakeContext());
        assertThat(lab().state(id)).isEqualTo(State.RUNNING);
    }

    @Test
    void replacedInstanceIsAnotherIncarnation() {
        NativeId id = engine.add("x");
        String before = lab().observed(id).incarnation();
        engine.replace(id);
        assertThat(lab().observed(id).incarnation()).isNotEqualTo(before);
    }

    @Test
    void silentChangesAreOnlyRead() throws Exception {
        RecordedWatch seen = new RecordedWatch();
        try (Subscription watching = lab().capability(Watch.class).watch(seen)) {
            engine.silent(true);
            NativeId unseen = engine.add("unseen");
            engine.silent(false);
            engine.add("seen");
            assertThat(seen.events().await(e -> e.toString().contains("name=seen"), PATIENCE))
                    .isPresent();
            assertThat(seen.saw(unseen, State.STOPPED, Duration.ofMillis(1))).isFalse();
            assertThat(lab().backend().instance(unseen)).isPresent();
        }
    }

    @Test
    void wrongPasswordIsDenied() {
        engine.requirePassword("right");
        ContractLab.assertRefused(() -> lab().open(Map.of("password", "wrong")), ErrorCode.DENIED);
        lab().open(Map.of("password", "right")).close();
    }

    @Test
    void capabilitiesCanBeLeftOut() {
        engine.without(Watch.class);
        try (Backend backend = provider.open(new BackendConfig(UUID.randomUUID(), "x", Values.empty()))) {
            assertThat(backend.capability(Watch.class)).isEmpty();
            assertThat(backend.capability(PowerControl.class)).isPresent();
            assertThat(engine.connections()).isEqualTo(2);
        }
        assertThat(engine.connections()).isOne();
    }

    private static InstanceSpec spec(String name, String token) {
        return new InstanceSpec(
                token,
                name,
                Kind.CONTAINER,
                "fake/echo",
                new Resources(0.5, 64L << 20, null),
                List.of(),
                Map.of(),
                Map.of("contract", "yes"),
                Values.empty());
    }

    @Override
    protected ProviderUnderTest subject() {
        provider.engine("dead").breakConnection();
        return new ProviderUnderTest() {
            @Override
            public Provider provider() {
                return provider;
            }

            @Override
            public Map<String, Object> reachingHost() {
                return Map.of("hostFolder", "/srv");
            }

            @Override
            public Map<String, Object> configuration() {
                return Map.of();
            }

            @Override
            public Map<String, Object> unreachable() {
                return Map.of("engine", "dead");
            }

            @Override
            public InstanceSpec spec(String name, String creationToken) {
                return FakeProviderTest.spec(name, creationToken);
            }

            @Override
            public String unknownTemplate() {
                return "missing/template";
            }

            @Override
            public NativeId unknownId() {
                return new NativeId("fake-unknown");
            }

            @Override
            public void stopOutside(NativeId id) {
                engine.change(id, State.STOPPED);
            }

            @Override
            public void deleteOutside(NativeId id) {
                engine.remove(id);
            }
        };
    }
}
