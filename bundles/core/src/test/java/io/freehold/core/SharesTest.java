package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.backend.Health;
import io.freehold.api.backend.NewBackend;
import io.freehold.api.instance.Instance;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationStatus;
import io.freehold.api.provider.Console;
import io.freehold.api.provider.Watch;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permission;
import io.freehold.api.security.Permissions;
import io.freehold.api.security.Scope;
import io.freehold.provider.testkit.FakeCall;
import io.freehold.provider.testkit.FakeEngine;
import io.freehold.provider.testkit.Gate;
import io.freehold.provider.testkit.RecordedConsole;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What one has a backend wait for costs nobody else the backend. */
class SharesTest extends CoreTest {
    private static final byte[] LINE = "hello\n".getBytes(StandardCharsets.UTF_8);

    private Caller somebody(String name) {
        return house.grants.somebody(name, Scope.ROOT, Permissions.ALL.toArray(new Permission[0]));
    }

    private static <T> CompletableFuture<T> apart(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task).start());
    }

    private static ErrorCode typed(Console console) {
        try {
            console.input(LINE);
            return ErrorCode.INTERNAL;
        } catch (FreeholdException e) {
            return e.code();
        }
    }

    @Test
    void whoHasManyStopsWaitLeavesRoomForOthers() throws Exception {
        List<Gate> gates = new ArrayList<>();
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            instances.add(house.create(backend, "n" + i, true));
        }
        Caller greedy = somebody("greedy");
        for (Instance instance : instances.subList(0, 8)) {
            gates.add(house.engine().holdNext(FakeCall.STOP));
            house.instances().act(greedy, instance.id(), "stop", Map.of("timeoutSeconds", 3600), null);
        }
        reach(gates.get(3));

        Operation other = house.act(instances.get(8), "pause");

        assertThat(house.end(other).status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(house.engine().calls(FakeCall.STOP)).isEqualTo(4);
        gates.forEach(Gate::release);
    }

    @Test
    void whatNobodyReadsKeepsOnlyWhoTypedItFromTyping() throws Exception {
        Instance instance = house.create(backend, "web", true);
        Caller greedy = somebody("greedy");
        List<Gate> gates = new ArrayList<>();
        List<CompletableFuture<ErrorCode>> typing = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Console console = house.streams().console(greedy, instance.id(), new RecordedConsole());
            gates.add(house.engine().holdNext(FakeCall.INPUT));
            typing.add(apart(() -> typed(console)));
            reach(gates.get(i));
        }

        Console fifth = house.streams().console(greedy, instance.id(), new RecordedConsole());
        assertThat(refusal(() -> fifth.input(LINE)))
                .hasMessageContaining("of your consoles")
                .extracting(FreeholdException::code)
                .isEqualTo(ErrorCode.UNAVAILABLE);
        house.streams()
                .console(house.admin, instance.id(), new RecordedConsole())
                .input(LINE);

        gates.forEach(Gate::release);
        typing.forEach(CompletableFuture::join);
        fifth.input(LINE);
    }

    @Test
    void aBackendWhoseConsolesDoNotReadAnswersAllTheSame() throws Exception {
        Instance instance = house.create(backend, "web", true);
        List<Gate> gates = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Console console = house.streams().console(somebody("n" + i), instance.id(), new RecordedConsole());
            gates.add(house.engine().holdNext(FakeCall.INPUT));
            var unused = apart(() -> typed(console));
            reach(gates.get(i));
        }

        assertThat(house.streams().logs(house.admin, instance.id(), 1)).hasSize(1);
        gates.forEach(Gate::release);
    }

    @Test
    void aBackendThatAnswersNoCallersIsReadAllTheSame() throws Exception {
        FakeEngine engine = house.provider.engine("polled");
        engine.without(Watch.class);
        UUID polled = house.backends()
                .create(house.admin, new NewBackend("fake", "polled", Map.of("engine", "polled")))
                .id();
        Instance instance = house.create(polled, "web", true);
        List<Gate> gates = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            gates.add(engine.holdNext(FakeCall.LOGS));
            var unused = apart(() -> refusal(() -> house.streams().logs(house.admin, instance.id(), 1)));
            reach(gates.get(i));
        }
        Health before = house.backend(polled).health();
        int readings = engine.calls(FakeCall.INSTANCES);

        await().until(() -> engine.calls(FakeCall.INSTANCES) > readings + 3);

        Health health = house.backend(polled).health();
        assertThat(health.status()).isEqualTo(Health.Status.UP);
        assertThat(health.since()).isEqualTo(before.since());
        gates.forEach(Gate::release);
    }
}
