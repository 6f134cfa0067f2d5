package io.freehold.api.plugin;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.framework.Bundle;

/**
 * Register it as a service to say why something that a bundle brings is not used. Asked right after a plugin was
 * started; one with a problem is refused and the version before brought back.
 */
@ConsumerType
public interface BundleCheck {

    /** What is wrong with what the bundle brings, one line each; empty if nothing is. Waits for nothing. */
    List<String> problems(Bundle bundle);
}
