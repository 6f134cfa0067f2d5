package io.freehold.provider.testkit;

/** A chapter of {@link ProviderContract}. */
interface Contract {

    /** The workbench of the test that runs. */
    ContractLab lab();
}
