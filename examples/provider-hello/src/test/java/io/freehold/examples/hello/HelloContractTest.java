package io.freehold.examples.hello;

import io.freehold.api.instance.Kind;
import io.freehold.provider.testkit.ProviderContract;
import io.freehold.provider.testkit.ProviderUnderTest;
import java.util.Map;

class HelloContractTest extends ProviderContract {
    @Override
    protected ProviderUnderTest subject() {
        return ProviderUnderTest.of(
                new HelloProvider(), Map.of("town", "Hamburg"), Map.of("town", "X"), new Kind("GREETER"), "friendly");
    }
}
