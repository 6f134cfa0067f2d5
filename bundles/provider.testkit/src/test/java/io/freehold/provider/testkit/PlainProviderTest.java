package io.freehold.provider.testkit;

import io.freehold.api.instance.Kind;
import java.util.Map;

/** The contract, on a provider that says only what it must. */
class PlainProviderTest extends ProviderContract {

    @Override
    protected ProviderUnderTest subject() {
        FakeProvider provider = new FakeProvider();
        provider.engine("gone").breakConnection();
        return ProviderUnderTest.of(
                provider, Map.of("engine", "plain"), Map.of("engine", "gone"), Kind.CONTAINER, "busybox");
    }
}
