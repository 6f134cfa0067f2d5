package io.freehold.provider.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freehold.api.FreeholdException;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.BackendInfo;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.ObservedInstance;
import io.freehold.api.provider.ProviderInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who the provider is, and what it says is there. */
public interface InventoryContract extends Contract {

    @Test
    default void providerSaysWhoItIs() {
        ProviderInfo info = lab().subject().provider().info();
        assertThat(info.id()).matches("[a-z][a-z0-9-]{0,39}");
        assertThat(info.name()).isNotBlank();
        assertThat(info.kinds()).isNotEmpty();
        assertThat(lab().subject().provider().info()).isEqualTo(info);
    }

    @Test
    default void configurationRejectsFieldsItDoesNotKnow() {
        Map<String, Object> input = new HashMap<>(lab().subject().configuration());
        input.put("noSuchField", "x");
        assertThatThrownBy(
                        () -> lab().subject().provider().info().configuration().read(input))
                .isInstanceOf(FreeholdException.class)
                .hasMessageContaining("noSuchField");
    }

    @Test
    default void backendSaysWhatAnswers() {
        BackendInfo info = lab().backend().info();
        assertThat(info.product()).isNotBlank();
        assertThat(info.nodes()).isNotEmpty().allSatisfy(node -> {
            assertThat(node.name()).isNotBlank();
            assertThat(node.cpus()).isPositive();
            assertThat(node.memoryBytes()).isPositive();
        });
    }

    @Test
    default void listIsCompleteAndAgreesWithSingleReads() {
        List<NativeId> created = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            created.add(lab().create());
        }
        List<ObservedInstance> all = lab().backend().instances();
        assertThat(all).extracting(ObservedInstance::id).containsAll(created).doesNotHaveDuplicates();
        for (NativeId id : created) {
            assertThat(all).contains(lab().observed(id));
        }
    }

    @Test
    default void identityStaysOverStatesAndConnections() {
        NativeId id = lab().createRunning();
        ObservedInstance running = lab().observed(id);
        lab().stop(id);
        try (Backend second = lab().open(lab().subject().configuration())) {
            ObservedInstance stopped = second.instance(id).orElseThrow();
            assertThat(stopped.id()).isEqualTo(running.id());
            assertThat(stopped.incarnation()).isEqualTo(running.incarnation());
            assertThat(stopped.creationToken()).isEqualTo(running.creationToken());
            assertThat(stopped.createdAt()).isEqualTo(running.createdAt());
        }
    }

    @Test
    default void timeOfCreationIsRight() {
        Instant created = lab().observed(lab().create()).createdAt();
        assertThat(Duration.between(created, Instant.now()).abs()).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    default void anUnknownInstanceIsAbsent() {
        assertThat(lab().backend().instance(lab().subject().unknownId())).isEmpty();
    }
}
