package io.freehold.api.provider;

import io.freehold.api.form.Values;
import io.freehold.api.instance.Kind;
import io.freehold.api.instance.Port;
import io.freehold.api.instance.Resources;
import java.util.List;
import java.util.Map;

/**
 * An instance to create, checked.
 *
 * @param creationToken must be findable on the instance from its first moment on, as
 *     {@link ObservedInstance#creationToken()}: by it Freehold recognises what it was creating when it was
 *     interrupted
 * @param template what to make it from
 * @param config what {@link Provisioning#configuration()} asked for
 */
public record InstanceSpec(
        String creationToken,
        String name,
        Kind kind,
        String template,
        Resources resources,
        List<Port> ports,
        Map<String, String> environment,
        Map<String, String> labels,
        Values config) {
    public InstanceSpec {
        ports = List.copyOf(ports);
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
    }
}
