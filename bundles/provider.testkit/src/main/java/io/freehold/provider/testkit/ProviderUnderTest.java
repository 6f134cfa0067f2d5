package io.freehold.provider.testkit;

import io.freehold.api.instance.Kind;
import io.freehold.api.provider.InstanceSpec;
import io.freehold.api.provider.NativeId;
import io.freehold.api.provider.Provider;
import java.time.Duration;
import java.util.Map;

/** What the author of a provider says about it, so that {@link ProviderContract} can try it. */
public interface ProviderUnderTest {

    /**
     * A provider of which little must be said: its instances take no configuration and are handled from outside
     * through a connection of their own.
     *
     * @param configuration {@link #configuration()}
     * @param unreachable {@link #unreachable()}
     * @param kind of {@link #spec}
     * @param template of {@link #spec}
     */
    static ProviderUnderTest of(
            Provider provider,
            Map<String, Object> configuration,
            Map<String, Object> unreachable,
            Kind kind,
            String template) {
        return new PlainProvider(provider, configuration, unreachable, kind, template);
    }

    /** The provider. */
    Provider provider();

    /** A configuration that works, as a user would send it. */
    Map<String, Object> configuration();

    /** A configuration that is well formed and behind which nothing answers. */
    Map<String, Object> unreachable();

    /**
     * A specification that works: its program prints the line {@code ready}, then each line that is typed,
     * and runs until it is stopped. It has the label {@code contract} with the value {@code yes}.
     */
    InstanceSpec spec(String name, String creationToken);

    /**
     * Configuration of an instance that asks for something of its host and still works: a folder, a device, a privilege.
     * Empty where instances of this provider never can.
     */
    default Map<String, Object> reachingHost() {
        return Map.of();
    }

    /** A template that looks right and does not exist. */
    String unknownTemplate();

    /** An id that looks right and is not in use. */
    NativeId unknownId();

    /** Stops an instance as somebody would who does not use Freehold. */
    void stopOutside(NativeId id);

    /** Deletes a stopped instance as somebody would who does not use Freehold. */
    void deleteOutside(NativeId id);

    /** How long a thing may take that should take moments. */
    default Duration patience() {
        return Duration.ofSeconds(20);
    }
}
