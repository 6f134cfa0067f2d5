package io.freehold.api.provider;

import org.osgi.annotation.versioning.ConsumerType;

/** Capability: one can type into an instance and see what it says. */
@ConsumerType
public interface ConsoleAccess {

    /**
     * Attaches to a running instance.
     *
     * @param output receives what the instance prints from now on, and the end
     * @throws ProviderException {@code CONFLICT} if the instance does not run
     */
    Console attach(NativeId id, ConsoleOutput output);
}
