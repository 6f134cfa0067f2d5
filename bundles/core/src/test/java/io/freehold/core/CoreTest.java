package io.freehold.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freehold.provider.testkit.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A core with one backend, anew for each test. */
abstract class CoreTest {
    @TempDir
    Path folder;

    House house;
    UUID backend;

    @BeforeEach
    final void openHouse() {
        house = new House(folder);
        backend = house.addBackend().id();
    }

    @AfterEach
    final void closeHouse() {
        house.close();
    }

    /** Waits until everything that writes in the background must have tried to. */
    void awaitRefusals(int before) {
        await().until(() -> house.transactions.refused() > before + 40);
    }

    /** Waits until a call has come to the gate. */
    static void reach(Gate gate) throws InterruptedException {
        assertThat(gate.awaitReached(Duration.ofSeconds(5))).isTrue();
    }
}
