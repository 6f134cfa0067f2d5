package io.freehold.provider.docker;

import io.freehold.provider.testkit.ProviderContract;
import io.freehold.provider.testkit.ProviderUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of all providers, on the real engine. */
class DockerContractTest extends ProviderContract {
    private static RealEngine engine;

    @BeforeAll
    static void findEngine(@TempDir Path folder) throws Exception {
        engine = RealEngine.find(folder);
    }

    @AfterAll
    static void leaveEngine() {
        if (engine != null) {
            engine.close();
        }
    }

    @Override
    protected ProviderUnderTest subject() {
        return engine;
    }
}
