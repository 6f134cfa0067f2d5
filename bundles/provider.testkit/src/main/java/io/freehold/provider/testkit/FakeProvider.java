package io.freehold.provider.testkit;

import io.freehold.api.ErrorCode;
import io.freehold.api.Secret;
import io.freehold.api.form.Field;
import io.freehold.api.form.FieldType;
import io.freehold.api.form.Form;
import io.freehold.api.instance.Kind;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.BackendConfig;
import io.freehold.api.provider.Provider;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.ProviderInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * A provider without an outside system: its backends are connected to {@link FakeEngine}s in memory, which
 * a test takes hold of by {@link #engine}. A service in the framework, a plain object elsewhere.
 */
@Component(service = {Provider.class, FakeProvider.class})
public final class FakeProvider implements Provider {
    private static final Form CONFIGURATION = Form.of(
            Field.of("engine", FieldType.TEXT)
                    .title("Engine")
                    .help("Which engine in memory to connect to.")
                    .fallback("default")
                    .address(),
            Field.of("password", FieldType.SECRET).title("Password"));

    private final Map<String, FakeEngine> engines = new ConcurrentHashMap<>();
    private final ProviderInfo info;

    /** The provider {@code fake}. */
    @Activate
    public FakeProvider() {
        this("fake");
    }

    /** A provider with another id, for tests that need two. */
    public FakeProvider(String id) {
        info = new ProviderInfo(id, "Fake", List.of(Kind.CONTAINER, Kind.VM), CONFIGURATION);
    }

    /** The engine that backends are connected to when nothing else is configured. */
    public FakeEngine engine() {
        return engine("default");
    }

    /** The engine of that name; always the same, and empty at first. */
    public FakeEngine engine(String name) {
        return engines.computeIfAbsent(name, key -> new FakeEngine());
    }

    @Override
    public ProviderInfo info() {
        return info;
    }

    @Override
    public Backend open(BackendConfig config) {
        FakeEngine engine = engine(config.values().text("engine").orElse("default"));
        engine.faults().enter(FakeCall.OPEN, new CompletableFuture<>());
        if (!engine.admits(
                config.values().secret("password").map(Secret::reveal).orElse(""))) {
            throw new ProviderException(
                    ErrorCode.DENIED,
                    "password",
                    "The fake engine refuses the password; enter the one that it asks for.",
                    null);
        }
        FakeBackend backend = new FakeBackend(engine);
        engine.open().add(backend);
        engine.faults().leave(FakeCall.OPEN, new CompletableFuture<>());
        return backend;
    }
}
