package io.freehold.api.provider;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An open connection to one backend. What else it can do, it says by implementing capabilities:
 * {@link PowerControl}, {@link PauseControl}, {@link Provisioning}, {@link LogAccess},
 * {@link ConsoleAccess}, {@link Metrics}, {@link Watch}.
 *
 * <p>Methods are called from several threads at once, may block, and throw {@link ProviderException}
 * when the backend cannot answer. After {@link #close()} nothing is called.
 */
@ConsumerType
public interface Backend extends AutoCloseable {

    /** What answers there now. */
    BackendInfo info();

    /** Everything that is there, complete. */
    List<ObservedInstance> instances();

    /** One instance as it is now; empty if there is none with this id. */
    default Optional<ObservedInstance> instance(NativeId id) {
        return instances().stream().filter(instance -> instance.id().equals(id)).findFirst();
    }

    /** A capability of this backend; a provider that keeps them in classes of their own overrides this. */
    default <C> Optional<C> capability(Class<C> type) {
        return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    /** Ends the connection and everything that it holds: streams, threads, watches. Waits for nobody. */
    @Override
    void close();
}
