package io.freehold.core.backend;

import io.freehold.api.ErrorCode;
import io.freehold.api.Subscription;
import io.freehold.api.provider.Backend;
import io.freehold.api.provider.BackendInfo;
import io.freehold.api.provider.ConsoleAccess;
import io.freehold.api.provider.LogAccess;
import io.freehold.api.provider.Metrics;
import io.freehold.api.provider.PauseControl;
import io.freehold.api.provider.PowerControl;
import io.freehold.api.provider.ProviderException;
import io.freehold.api.provider.ProviderInfo;
import io.freehold.api.provider.Provisioning;
import io.freehold.api.provider.Watch;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A backend that a provider opened, and what hangs on it: what must be told when it is closed. */
final class Opened {
    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);
    private static final List<Class<?>> CAPABILITIES = List.of(
            PowerControl.class,
            PauseControl.class,
            Provisioning.class,
            LogAccess.class,
            ConsoleAccess.class,
            Metrics.class,
            Watch.class);

    private final Backend backend;
    private final ProviderInfo provider;
    private final ClassLoader loader;
    private final Calls calls;
    private final BackendInfo info;
    private final Set<String> capabilities = new LinkedHashSet<>();
    private final Set<Subscription> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Looks at what was opened; call it within the time limit for opening. */
    Opened(Backend backend, ProviderInfo provider, ClassLoader loader, Calls calls) {
        this.backend = backend;
        this.provider = provider;
        this.loader = loader;
        this.calls = calls;
        this.info = backend.info();
        for (Class<?> capability : CAPABILITIES) {
            if (backend.capability(capability).isPresent()) {
                capabilities.add(capability.getSimpleName());
            }
        }
    }

    ProviderInfo provider() {
        return provider;
    }

    BackendInfo info() {
        return info;
    }

    Set<String> capabilities() {
        return capabilities;
    }

    boolean can(Class<?> capability) {
        return capabilities.contains(capability.getSimpleName());
    }

    /** Asks the backend something. */
    <T> T ask(Calls.Lane lane, Duration limit, Function<Backend, T> question) {
        return ask(lane, limit, question, late -> {});
    }

    /**
     * Uses a capability.
     *
     * @param late is handed what comes after the limit
     */
    <C, T> T use(Calls.Lane lane, Class<C> capability, Duration limit, Function<C, T> work, Consumer<T> late) {
        return ask(
                lane,
                limit,
                target -> work.apply(target.capability(capability)
                        .orElseThrow(() -> new ProviderException(ErrorCode.CONFLICT, "This backend cannot do that."))),
                late);
    }

    private <T> T ask(Calls.Lane lane, Duration limit, Function<Backend, T> question, Consumer<T> late) {
        return calls.call(lane, limit, loader, () -> question.apply(backend), late);
    }

    /** Keeps something that is closed with the backend, until it is closed or released before; if that is closed already, at once. */
    void keep(Subscription stream) {
        streams.add(stream);
        if (closed) {
            closeKept(stream);
        }
    }

    void release(Subscription stream) {
        streams.remove(stream);
    }

    /** Closes the backend and everything kept. May take as long as the provider does: not on a thread that matters. */
    void close() {
        // Before the streams are gone through: what comes later is closed by whoever brings it.
        closed = true;
        try {
            backend.close();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("A provider failed to close a backend; its connections may stay open until Freehold ends", e);
        }
        streams.forEach(this::closeKept);
    }

    private void closeKept(Subscription stream) {
        if (streams.remove(stream)) {
            try {
                stream.close();
            } catch (RuntimeException | LinkageError e) {
                // The others must still hear of it.
                LOG.error("Somebody could not be told that a backend was closed; please report this", e);
            }
        }
    }
}
