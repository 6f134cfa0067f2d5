package io.freehold.api.provider;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Teaches Freehold one kind of hosting. A provider bundle registers exactly one, as a service.
 *
 * <p>Write straight-line, blocking code: Freehold calls from its own threads, with time-outs, and takes
 * care of locks, retries, audit and events. Several backends of a provider are used at the same time.
 */
@ConsumerType
public interface Provider {

    /** Who this is; always the same answer. Called often: costs nothing. */
    ProviderInfo info();

    /**
     * Connects to a backend. The configuration was checked against the form; this call finds out whether
     * it works, and returns within 15 seconds.
     *
     * @return a backend that is ready; Freehold closes it
     * @throws ProviderException {@code UNAVAILABLE} if nothing answers there, {@code DENIED} if it refuses,
     *     {@code INVALID} for a configuration that cannot work; the message says what to do, and
     *     {@link ProviderException#field()} which field is to blame
     */
    Backend open(BackendConfig config);
}
