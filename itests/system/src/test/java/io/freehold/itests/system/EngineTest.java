package io.freehold.itests.system;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The same beside a real Docker engine, on which nothing is left in the end. */
abstract class EngineTest extends FreeholdTest {
    Docker docker;

    @Override
    @BeforeEach
    void start() {
        docker = Docker.engine();
        super.start();
    }

    @AfterEach
    void removeContainers() {
        if (docker != null) {
            docker.close();
        }
    }
}
