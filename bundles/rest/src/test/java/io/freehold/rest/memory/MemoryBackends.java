package io.freehold.rest.memory;

import io.freehold.api.ErrorCode;
import io.freehold.api.FreeholdException;
import io.freehold.api.Page;
import io.freehold.api.PageRequest;
import io.freehold.api.backend.BackendService;
import io.freehold.api.backend.Health;
import io.freehold.api.backend.NewBackend;
import io.freehold.api.backend.RegisteredBackend;
import io.freehold.api.form.Field;
import io.freehold.api.form.FieldType;
import io.freehold.api.form.Form;
import io.freehold.api.instance.Kind;
import io.freehold.api.provider.Node;
import io.freehold.api.provider.ProviderInfo;
import io.freehold.api.security.Caller;
import io.freehold.api.security.Permissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Backends in a map. */
public final class MemoryBackends implements BackendService {
    private static final Form FORM = Form.of(
            Field.of("url", FieldType.TEXT).required(),
            Field.of("password", FieldType.SECRET).title("Password"));

    private final MemorySecurity security;
    private final Map<UUID, RegisteredBackend> backends = new ConcurrentSkipListMap<>();
    public final AtomicInteger created = new AtomicInteger();
    public volatile Runnable onCreate = () -> {};

    MemoryBackends(MemorySecurity security) {
        this.security = security;
    }

    @Override
    public List<InstalledProvider> providers(Caller caller) {
        return List.of(new InstalledProvider(new ProviderInfo("fake", "Fake", List.of(Kind.CONTAINER), FORM), "1.2.3"));
    }

    @Override
    public Page<RegisteredBackend> list(Caller caller, PageRequest page) {
        List<RegisteredBackend> all =
                security.access(caller).allows(Permissions.BACKEND_READ) ? List.copyOf(backends.values()) : List.of();
        return new Page<>(all, null, all.size());
    }

    @Override
    public RegisteredBackend get(Caller caller, UUID id) {
        security.require(
                caller, Permissions.BACKEND_READ, Permissions.BACKEND_READ, List.of(), "backend", "backends/" + id);
        RegisteredBackend backend = backends.get(id);
        if (backend == null) {
            throw FreeholdException.notFound("backend");
        }
        return backend;
    }

    @Override
    public RegisteredBackend create(Caller caller, NewBackend request) {
        security.require(caller, Permissions.BACKEND_CREATE, "backends");
        onCreate.run();
        FORM.read(request.config());
        created.incrementAndGet();
        return put(UUID.randomUUID(), request, 1);
    }

    private RegisteredBackend put(UUID id, NewBackend request, long version) {
        RegisteredBackend backend = new RegisteredBackend(
                id,
                request.provider(),
                request.name(),
                Map.of("url", String.valueOf(request.config().get("url"))),
                List.of("password"),
                new Health(Health.Status.UP, Instant.now(), null, Instant.now()),
                List.of("PowerControl"),
                List.of(new Node("here", true, 2, 1024)),
                "Fake 1",
                Instant.now(),
                version,
                version);
        backends.put(id, backend);
        return backend;
    }

    @Override
    public RegisteredBackend update(Caller caller, UUID id, NewBackend request, long version) {
        if (get(caller, id).version() != version) {
            throw new FreeholdException(ErrorCode.STALE, "The backend has changed since.");
        }
        return put(id, request, version + 1);
    }

    @Override
    public void delete(Caller caller, UUID id) {
        get(caller, id);
        backends.remove(id);
    }

    @Override
    public ConnectionTest test(Caller caller, UUID id) {
        get(caller, id);
        return new ConnectionTest(false, "Nothing answers there.", 12);
    }
}
