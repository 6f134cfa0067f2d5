package io.freehold.provider.testkit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every provider must do. Extend it in the tests of a provider and say in {@link #subject()} what is
 * tried; tests of capabilities that the backend does not have are skipped.
 */
public abstract class ProviderContract
        implements InventoryContract,
                ProvisioningContract,
                PowerContract,
                LogContract,
                ConsoleContract,
                MetricsContract,
                WatchContract,
                ConnectionContract {
    private @Nullable ContractLab lab;

    /** What is tried; asked once before each test. */
    protected abstract ProviderUnderTest subject();

    @BeforeEach
    final void openLab() {
        lab = new ContractLab(subject());
    }

    @AfterEach
    final void closeLab() {
        if (lab != null) {
            lab.close();
        }
    }

    @Override
    public final ContractLab lab() {
        if (lab == null) {
            throw new IllegalStateException("no test runs");
        }
        return lab;
    }
}
