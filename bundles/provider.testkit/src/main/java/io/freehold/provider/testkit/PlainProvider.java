package io.freehold.provider.testkit;

import io.freehold.api.form.Values;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.Resources;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.BackendConfig;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.PowerControl;
import io.freehold.api.provider.Provider;
import io.freehold.api.provider.Provisioning;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A provider of which nothing special is to be said; what happens outside happens on another connection. */
record PlainProvider(
        Provider provider,
        Map<String, Object> configuration,
        Map<String, Object> unreachable,
        Kind kind,
        String template)
        implements ProviderUnderTest {

    @Override
    public InstanceSpec spec(String name, String creationToken) {
        return new InstanceSpec(
                creationToken,
                name,
                kind,
                template,
                Resources.UNLIMITED,
                List.of(),
                Map.of(),
                Map.of("contract", "yes"),
                Values.empty());
    }

    @Override
    public String unknownTemplate() {
        return "missing";
    }

    @Override
    public NativeId unknownId() {
        return new NativeId("no-such-instance");
    }

    @Override
    public void stopOutside(NativeId id) {
        try (Backend other = connect()) {
            other.capability(PowerControl.class).orElseThrow().stop(id, Duration.ZERO, new FakeContext());
        }
    }

    @Override
    public void deleteOutside(NativeId id) {
        try (Backend other = connect()) {
            other.capability(Provisioning.class).orElseThrow().delete(id, new FakeContext());
        }
    }

    private Backend connect() {
        Values values = provider.info().configuration().read(configuration);
        return provider.open(new BackendConfig(UUID.randomUUID(), "outside", values));
    }
}
