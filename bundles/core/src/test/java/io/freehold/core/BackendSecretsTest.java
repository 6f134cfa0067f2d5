package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Violation;
import io.freehold.api.backend.NewBackend;
import io.freehold.api.backend.RegisteredBackend;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the secrets of a backend go when it is changed. */
class BackendSecretsTest extends CoreTest {
    private UUID guarded;

    @BeforeEach
    void addOneWithAPassword() {
        guarded = house.backends()
                .create(house.admin, new NewBackend("fake", "guarded", Map.of("password", "canary-1c9f")))
                .id();
    }

    private RegisteredBackend update(Map<String, Object> config) {
        return house.backends()
                .update(
                        house.admin,
                        guarded,
                        new NewBackend("fake", "guarded", config),
                        house.backend(guarded).version());
    }

    @Test
    void aSecretIsNotSentToAnAddressThatItWasNotGivenFor() {
        house.provider.engine("other").requirePassword("canary-1c9f");

        FreeholdException refusal = refusal(() -> update(Map.of("engine", "other")));

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refusal.violations()).extracting(Violation::field).containsExactly("config.password");
        assertThat(refusal.violations().get(0).message()).contains("must be given again");
        assertThat(house.provider.engine("other").connections()).isZero();
        assertThat(update(Map.of("engine", "other", "password", "canary-1c9f")).secrets())
                .containsExactly("password");
        assertThat(update(Map.of("engine", "other")).secrets()).containsExactly("password");
    }

    @Test
    void aSecretThatIsNullGoes() {
        Map<String, Object> config = new HashMap<>();
        config.put("password", null);

        assertThat(update(config).secrets()).isEmpty();
        assertThat(update(Map.of("engine", "other")).secrets()).isEmpty();
    }
}
