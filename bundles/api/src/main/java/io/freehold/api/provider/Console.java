package io.freehold.api.provider;

import org.osgi.annotation.versioning.ConsumerType;

/** An attached console. */
@ConsumerType
public interface Console extends AutoCloseable {

    /**
     * Types into the instance, in the order of the calls.
     *
     * @throws ProviderException {@code CONFLICT} if the instance takes no input
     */
    void input(byte[] data);

    /** Tells the instance how large the terminal is; without a meaning where it has none. */
    void resize(int columns, int rows);

    /** Detaches; the instance goes on. {@link ConsoleOutput#closed} is then not called. */
    @Override
    void close();
}
