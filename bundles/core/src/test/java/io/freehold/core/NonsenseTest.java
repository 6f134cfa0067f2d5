package io.freehold.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.ErrorCode;
import io.freehold.api.backend.Health;
import io.freehold.api.backend.NewBackend;
import io.freehold.api.form.Form;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.Network;
import io.freehold.api.instance.Resources;
import io.freehold.api.instance.State;
import io.freehold.api.operation.Operation;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.BackendConfig;
import io.freehold.api.provider.BackendInfo;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.provider.OperationContext;
import io.freehold.api.provider.PowerControl;
import io.freehold.api.provider.Provider;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.ProviderInfo;
import io.freehold.api.storage.Sql;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a backend whose provider answers what it may not. */
class NonsenseTest {
    @TempDir
    Path folder;

    @Test
    void aBackendWhoseProviderAnswersNonsenseIsDownUntilItNoLongerDoes() {
        OddProvider provider = new OddProvider();
        try (House house = new House(folder)) {
            house.core.providerAdded(provider, "1.0.0");
            UUID backend = house.backends()
                    .create(house.admin, new NewBackend("odd", "odd", Map.of()))
                    .id();
            assertThat(house.backend(backend).health().status()).isEqualTo(Health.Status.UP);

            provider.answer = Collections.singletonList(null);
            await().until(() -> house.backend(backend).health().status() == Health.Status.DOWN);

            provider.answer = List.of();
            await().until(() -> house.backend(backend).health().status() == Health.Status.UP);
        }
    }

    @Test
    void anInterruptedOperationThatCannotBeDecidedKeepsNoOtherFromItsEnd() throws Exception {
        OddProvider provider = new OddProvider();
        provider.answer = List.of(running("first"), running("second"));
        House house = new House(folder);
        try {
            house.core.providerAdded(provider, "1.0.0");
            house.backends().create(house.admin, new NewBackend("odd", "odd", Map.of()));
            Operation first = house.act(house.named("first"), "stop");
            assertThat(provider.stopping.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
            Operation second = house.act(house.named("second"), "stop");
            assertThat(provider.stopping.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
            PlainTransactions stored = house.transactions;
            await().until(() ->
                    stored.read(connection -> Sql.number(connection, "SELECT COUNT(*) FROM core_instances")) == 2);

            house = house.crashAndRestart();
            provider.silentAbout = new NativeId("first");
            house.core.providerAdded(provider, "1.0.0");

            assertThat(house.end(first).error().message()).contains("outcome is unknown");
            assertThat(house.end(second).error().message()).contains("RUNNING now");
        } finally {
            house.close();
        }
    }

    private static ObservedInstance running(String id) {
        return new ObservedInstance(
                new NativeId(id),
                id,
                id,
                Kind.CONTAINER,
                State.RUNNING,
                null,
                null,
                Map.of(),
                Instant.now(),
                Resources.UNLIMITED,
                Network.NONE,
                null);
    }

    /** Answers whatever it is told to. */
    private static final class OddProvider implements Provider {
        private final Semaphore stopping = new Semaphore(0);
        private volatile List<ObservedInstance> answer = List.of();
        private volatile @Nullable NativeId silentAbout;

        @Override
        public ProviderInfo info() {
            return new ProviderInfo("odd", "Odd", List.of(Kind.CONTAINER), Form.of());
        }

        @Override
        public Backend open(BackendConfig config) {
            return new OddBackend(this);
        }
    }

    private record OddBackend(OddProvider provider) implements Backend, PowerControl {
        @Override
        public BackendInfo info() {
            return new BackendInfo("Odd 1.0", List.of());
        }

        @Override
        public List<ObservedInstance> instances() {
            return provider.answer;
        }

        @Override
        public Optional<ObservedInstance> instance(NativeId id) {
            if (id.equals(provider.silentAbout)) {
                return null;
            }
            return provider.answer.stream()
                    .filter(instance -> instance.id().equals(id))
                    .findFirst();
        }

        @Override
        public void start(NativeId id, OperationContext context) {}

        /** Takes longer than anybody waits. */
        @Override
        public void stop(NativeId id, Duration grace, OperationContext context) {
            provider.stopping.release();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new ProviderException(ErrorCode.UNAVAILABLE, "interrupted", e);
            }
        }

        @Override
        public void restart(NativeId id, Duration grace, OperationContext context) {}

        @Override
        public void kill(NativeId id, OperationContext context) {}

        @Override
        public void close() {}
    }
}
