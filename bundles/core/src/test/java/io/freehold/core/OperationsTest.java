package io.freehold.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.freehold.api.instance.Instance;
import io.freehold.api.instance.State;
import io.freehold.api.operation.Operation;
import io.freehold.api.operation.OperationStatus;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsTest {
    @TempDir
    Path folder;

    House house;
    UUID backend;

    @BeforeEach
    void open() {
        house = new House(folder);
        backend = house.addBackend().id();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void creatingMakesStartsAndShowsAnInstanceThatIsFreeholdsOwn() {
        Operation created = house.end(house.instances().create(house.admin, house.wanted(backend, "web", true), null));

        assertThat(created.status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(created.progress()).isEqualTo(100);
        Instance instance = house.instances().get(house.admin, created.instanceId());
        assertThat(instance.name()).isEqualTo("web");
        assertThat(instance.state()).isEqualTo(State.RUNNING);
        assertThat(instance.managed()).isTrue();
        assertThat(instance.actions()).containsExactly("stop", "restart", "kill", "pause", "delete");
        assertThat(house.audit.entries())
                .containsSubsequence(
                        "admin instance.create instances/" + instance.id() + " INTENT",
                        "admin instance.create instances/" + instance.id() + " SUCCESS");
    }
}
