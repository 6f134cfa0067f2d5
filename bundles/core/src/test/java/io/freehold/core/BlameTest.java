package io.freehold.core;

import static io.freehold.core.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Violation;
import io.freehold.api.backend.NewBackend;
import io.freehold.api.provider.ProviderException;
import io.freehold.provider.testkit.FakeCall;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever sends a configuration that cannot work is told which value is to blame. */
class BlameTest {
    @TempDir
    Path folder;

    private House house;

    @BeforeEach
    void open() {
        house = new House(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private FreeholdException refused(Map<String, Object> config) {
        return refusal(() -> house.backends().create(house.admin, new NewBackend("fake", "home", config)));
    }

    @Test
    void theFieldThatTheProviderBlamesIsNamed() {
        house.engine().requirePassword("right");

        FreeholdException refusal = refused(Map.of("password", "wrong"));

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refusal.violations()).extracting(Violation::field).containsExactly("config.password");
    }

    @Test
    void theFieldIsNamedInAnUpdateToo() {
        UUID backend = house.addBackend().id();
        house.engine().requirePassword("right");

        FreeholdException refusal = refusal(() -> house.backends()
                .update(house.admin, backend, new NewBackend("fake", "home", Map.of("password", "wrong")), 1));

        assertThat(refusal.violations()).extracting(Violation::field).containsExactly("config.password");
    }

    @Test
    void aFailureThatNoFieldIsToBlameForIsTheConfigurations() {
        house.engine().failNext(FakeCall.OPEN, new ProviderException(ErrorCode.UNAVAILABLE, "Nothing answers."));

        assertThat(refused(Map.of()).violations()).containsExactly(new Violation("config", "Nothing answers."));
    }

    @Test
    void whatTheFormRefusesIsNamed() {
        assertThat(refused(Map.of("password", 5, "colour", "red")).violations())
                .extracting(Violation::field)
                .containsExactly("config.password", "config.colour");
    }
}
