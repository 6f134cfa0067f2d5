package io.freehold.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.api.backend.Health;
import io.freehold.api.backend.NewBackend;
import io.freehold.api.form.Form;
import io.freehold.api.instance.Kind;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.BackendConfig;
import io.freehold.api.provider.BackendInfo;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.provider.Provider;
import io.freehold.api.provider.ProviderInfo;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

    /** Answers whatever it is told to. */
    private static final class OddProvider implements Provider {
        private volatile List<ObservedInstance> answer = List.of();

        @Override
        public ProviderInfo info() {
            return new ProviderInfo("odd", "Odd", List.of(Kind.CONTAINER), Form.of());
        }

        @Override
        public Backend open(BackendConfig config) {
            return new OddBackend(this);
        }
    }

    private record OddBackend(OddProvider provider) implements Backend {
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
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
